"""Forms by which a proposal goes its way; each answers one question."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from graph.services.answer_proposal import LONGEST_WORDS


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
