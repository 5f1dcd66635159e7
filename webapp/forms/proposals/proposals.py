"""Forms by which a proposal goes its way; each answers one question."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from graph.matching.repair.repairs import MOST
from graph.services.proposals.answer import LONGEST_WORDS
from webapp.forms.fields import MultiCheckboxField


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What one side says; the button that was pressed is the verdict."""

    party = HiddenField()
    words = TextAreaField("In your words", [Length(max=LONGEST_WORDS, message="Use 1,000 characters at most.")])


class MenteeForm(FlaskForm):  # type: ignore[misc]
    """Whom a mentor is for."""

    mentee = SelectField("Mentee", [InputRequired("Choose whom the mentor is for.")])


class PublishForm(FlaskForm):  # type: ignore[misc]
    """The last day for answers; without one the deadlines of the openings hold."""

    answer_by = DateField("Answers until", [MayBeEmpty()])


class WithdrawForm(FlaskForm):  # type: ignore[misc]
    """Only a button."""


class RepairForm(FlaskForm):  # type: ignore[misc]
    """What happened to a plan, in its address: who drops out, which openings join, and how many pairs may end."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """It changes nothing, so it needs no token."""

        csrf = False

    without = MultiCheckboxField("Who drops out", validate_choice=False)
    opening = MultiCheckboxField("Openings that join", validate_choice=False)
    most = IntegerField(
        "Pairs that may end to mend it",
        [InputRequired("Give a whole number, 0 or more."), NumberRange(0, None, "Give a whole number, 0 or more.")],
        default=MOST,
        render_kw={"type": "number", "min": 0, "step": 1, "inputmode": "numeric"},
    )
