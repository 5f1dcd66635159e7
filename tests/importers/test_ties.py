from datetime import date
from pathlib import Path

import pytest

from graph.domain.engagements import (
    Engagement,
    EngagementStatus,
    JointProject,
    Mentorship,
    Partner,
    Scholarship,
    Secondment,
    Training,
)
from graph.domain.outcomes import Outcome, Rejected, Warned
from graph.errors import InvalidValue
from importers import ties
from importers.rows import parse_mapping

TODAY = date(2026, 11, 1)
MAPPING = parse_mapping(
    "kind=what,expert=who,source=from,target=to,name=title,start=begin,end=finish,status=state,programme=for,"
    "capability=about,funder=paid_by,id=key"
)


@pytest.fixture
def outcomes(samples: Path) -> list[Outcome]:
    return list(ties.read(samples / "ties" / "quirks.csv", MAPPING, "harbour", TODAY))


def engagements(outcomes: list[Outcome]) -> list[Engagement]:
    return [outcome for outcome in outcomes if isinstance(outcome, Engagement)]


def test_a_mentorship_goes_from_mentor_to_mentee(outcomes: list[Outcome]) -> None:
    mentorship = engagements(outcomes)[0]

    assert isinstance(mentorship, Mentorship)
    assert mentorship.id == "ties-harbour-mentorship-ama-kofi-2019-2019-06"
    assert (mentorship.mentor, mentorship.mentee, mentorship.programme) == ("ama", "kofi", "prog-1")
    assert (mentorship.capabilities, mentorship.funder) == (("area-exercises", "area-forensics"), "donor-1")
    assert (str(mentorship.start), str(mentorship.end)) == ("2019", "2019-06")
    assert mentorship.status is EngagementStatus.COMPLETED


def test_a_secondment_goes_from_home_to_host_and_understands_ror_addresses(outcomes: list[Outcome]) -> None:
    secondment = engagements(outcomes)[1]

    assert isinstance(secondment, Secondment)
    assert (secondment.id, secondment.expert) == ("sec-1", "ama")
    assert (secondment.home, secondment.host) == ("ror-0test0101", "ror-0test0102")
    assert secondment.status is EngagementStatus.ACTIVE


def test_a_scholarship_goes_from_the_place_of_study_home(outcomes: list[Outcome]) -> None:
    scholarship = engagements(outcomes)[2]

    assert isinstance(scholarship, Scholarship)
    assert (scholarship.scholar, scholarship.place, scholarship.home) == ("kofi", "ror-0test0101", "ror-0test0102")
    assert scholarship.status is EngagementStatus.PLANNED


def test_a_row_may_say_whether_the_scholar_returned(tmp_path: Path) -> None:
    rows = (
        "scholarship,a,b,one,2019,2020,yes,",
        "scholarship,a,b,two,2019,2020,,2021-02",
        "scholarship,a,b,three,2019,2020,No,",
        "scholarship,a,b,four,2019,2020,Not known,",
        "scholarship,a,b,five,2019,2020,,",
        "scholarship,a,b,six,2019,2020,no,2021",
    )
    table = tmp_path / "returns.csv"
    table.write_text("\n".join(("kind,source,target,expert,start,end,returned,returned_on", *rows)), encoding="utf-8")

    mapping = parse_mapping(",".join(f"{name}={name}" for name in table.read_text("utf-8").split()[0].split(",")))
    found = list(ties.read(table, mapping, "returns", TODAY))

    scholars = [each for each in found if isinstance(each, Scholarship)]
    assert [(each.returned.value, str(each.returned_on or "")) for each in scholars] == [
        ("yes", ""),
        ("yes", "2021-02"),
        ("no", ""),
        ("not_known", ""),
        ("not_known", ""),
    ]
    assert [each.position for each in found if isinstance(each, Rejected)] == ["line 7"]


def test_rows_of_one_training_gather_its_attendees(outcomes: list[Outcome]) -> None:
    training = engagements(outcomes)[3]

    assert isinstance(training, Training)
    assert training.attendees == ("ama", "kofi")
    assert training.status is EngagementStatus.COMPLETED_EARLY
    assert Warned("line 7", "says nothing that line 5 does not say; counted once") in outcomes


def test_rows_of_one_joint_project_gather_its_partners(outcomes: list[Outcome]) -> None:
    project = engagements(outcomes)[4]

    assert isinstance(project, JointProject)
    assert project.partners == (Partner(target="inst-a"), Partner(target="inst-b"), Partner(target="inst-c"))


def test_every_row_that_is_not_taken_says_where_and_why(outcomes: list[Outcome]) -> None:
    rejected = {outcome.position: outcome.why.split(";")[0] for outcome in outcomes if isinstance(outcome, Rejected)}

    assert rejected == {
        "line 10": "id: 'jp-1' is also the id of line 8, which says something else",
        "line 11": "mentee: 'ama' is the mentor",
        "line 12": "end: '2018' lies before the start 2020",
        "line 13": "target: '' is empty",
        "line 14": "name: '' is empty",
        "line 15": "kind: 'picnic' is not one of ours",
        "line 16": "host: 'inst-a' is the home institution",
        "line 17": "start: 'last spring' is not a date",
        "line 18": "status: 'going well' is not one of ours",
        "line 19": f"id: '{engagements(outcomes)[0].id}' is also the id of line 2, which says something else",
    }
    assert len(engagements(outcomes)) == 5


def test_the_kind_may_be_one_word_for_the_whole_file(samples: Path) -> None:
    mapping = {"kind": ":mentorship", "source": "who", "target": "from"}
    found = engagements(list(ties.read(samples / "ties" / "quirks.csv", mapping, "x", TODAY)))

    assert {type(engagement) for engagement in found} == {Mentorship}


def test_a_mapping_without_a_kind_says_what_to_add(samples: Path) -> None:
    with pytest.raises(InvalidValue, match="does not say where to find kind; add kind=<column>"):
        list(ties.read(samples / "ties" / "quirks.csv", {"source": "from", "target": "to"}, "x", TODAY))


def terms(tmp_path: Path, share: str, amount: str, currency: str) -> Outcome:
    path = tmp_path / "terms.csv"
    path.write_text(f"kind,source,target,share,amount,currency\nmentorship,ama,kofi,{share},{amount},{currency}\n")
    mapping = parse_mapping("kind=kind,source=source,target=target,share=share,amount=amount,currency=currency")
    (outcome,) = ties.read(path, mapping, "harbour", TODAY)
    return outcome


def test_part_of_full_time_and_money_are_read_in_the_units_of_people(tmp_path: Path) -> None:
    stated = [("0.5", "1500.50", "eur"), ("50 %", "1500", "JPY"), ("", "", "")]
    found = [terms(tmp_path, *cells) for cells in stated]
    assert [(each.share, each.amount, each.currency) for each in found if isinstance(each, Engagement)] == [
        (0.5, 150_050, "EUR"),
        (0.5, 1_500, "JPY"),
        (None, None, ""),
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("half", "", ""), "is no number"),
        (("2", "", ""), "is not a share"),
        (("", "much", "EUR"), "is no amount"),
        (("", "1.005", "EUR"), "has more decimals than its currency"),
        (("", "5", ""), "give three capital letters"),
        (("", "-5", "EUR"), "is less than nothing"),
        (("", "Infinity", "EUR"), "is no amount"),
    ],
)
def test_what_is_no_share_and_no_amount_is_rejected(tmp_path: Path, cells: tuple[str, str, str], words: str) -> None:
    outcome = terms(tmp_path, *cells)
    assert isinstance(outcome, Rejected)
    assert words in outcome.why
