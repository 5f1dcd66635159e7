"""Records whose every free text would run as a script if anything took it for markup."""

from graph.domain.people import HasCapability, WorksAt
from graph.domain.programmes import Rating
from tests import factories

EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3)'


def hostile_records() -> list[factories.Record]:
    """One of every kind, tied to each other and to the small world."""
    day = factories.day
    rating = Rating(target="bad-capability", level=0, target_level=3)
    skill = HasCapability(target="bad-capability", level=3, evidence=EVIL)
    return [
        factories.capability(id="bad-capability", name=EVIL),
        factories.institution(id="bad-house", name=EVIL, aliases=(EVIL,), website=EVIL, iati_ref=EVIL, status=EVIL),
        factories.centre(id="bad-centre", name=EVIL, themes=(EVIL,), host="bad-house", offers=("bad-capability",)),
        factories.expert(
            id="bad",
            name=EVIL,
            headline=EVIL,
            time_zone=EVIL,
            posts=(WorksAt(target="bad-house", role=EVIL),),
            capabilities=(skill,),
        ),
        factories.availability(expert="bad"),
        factories.programme(id="bad-programme", name=EVIL, summary=EVIL, owner="bad-house", start=day("2020")),
        factories.assessment(framework=EVIL, method=EVIL, programme="bad-programme", ratings=(rating,)),
        factories.opening(id="bad-opening", name=EVIL, programme="bad-programme", host="bad-house"),
        factories.mentorship(id="bad-mentorship", mentor="bad", mentee="ben", programme="bad-programme", outcome=EVIL),
        factories.Training(id="bad-course", name=EVIL, centre="bad-centre", attendees=("bad",), start=day("2021")),
    ]
