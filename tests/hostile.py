"""Records whose every free text would run as a script if anything took it for markup."""

from graph.domain.people import HasCapability, WorksAt
from graph.domain.programmes import Rating
from tests import factories

EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3)'


def hostile_records(text: str = EVIL) -> list[factories.Record]:
    """One of every kind, tied to each other and to the small world, with that in every free text."""
    day = factories.day
    rating = Rating(target="bad-capability", level=0, target_level=3)
    skill = HasCapability(target="bad-capability", level=3, evidence=text)
    return [
        factories.capability(id="bad-capability", name=text),
        factories.institution(
            id="bad-institution", name=text, aliases=(text,), website=text, iati_ref=text, status=text
        ),
        factories.centre(
            id="bad-centre", name=text, themes=(text,), host="bad-institution", offers=("bad-capability",)
        ),
        factories.expert(
            id="bad",
            name=text,
            headline=text,
            time_zone=text,
            posts=(WorksAt(target="bad-institution", role=text),),
            capabilities=(skill,),
        ),
        factories.availability(expert="bad"),
        factories.programme(id="bad-programme", name=text, summary=text, owner="bad-institution", start=day("2020")),
        factories.assessment(framework=text, method=text, programme="bad-programme", ratings=(rating,)),
        factories.opening(id="bad-opening", name=text, programme="bad-programme", host="bad-institution"),
        factories.mentorship(id="bad-mentorship", mentor="bad", mentee="ben", programme="bad-programme", outcome=text),
        factories.Training(id="bad-course", name=text, centre="bad-centre", attendees=("bad",), start=day("2021")),
    ]
