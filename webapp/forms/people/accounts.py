"""Forms about signing in and about oneself."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectChoice, StringField  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, InputRequired, Length

from graph.domain.marks import Purpose
from graph.services.accounts.wishes import WishStep
from webapp.forms.fields import MultiCheckboxField

PURPOSE = {
    Purpose.DIRECTORY: "Show me in the directory to everybody who is signed in",
    Purpose.MATCHING: "Suggest me to programme officers and hosts for openings",
    Purpose.RESEARCH: "Count my engagements in the network, without my name",
}


class SignInForm(FlaskForm):  # type: ignore[misc]
    """Address and password."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Write your e-mail address."), Length(max=200)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [InputRequired("Write your password."), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )


class ConsentForm(FlaskForm):  # type: ignore[misc]
    """What a person agrees to, one box a purpose."""

    consents = MultiCheckboxField(
        "I agree to this", choices=[SelectChoice(purpose.value, label) for purpose, label in PURPOSE.items()]
    )


class WishForm(FlaskForm):  # type: ignore[misc]
    """What to do with an opening (id) on one's list of those one would take."""

    opening = StringField("Opening", [InputRequired("Say which opening."), Length(max=200)])
    move = StringField("Step", [InputRequired("Say what to do with it."), AnyOf([move.value for move in WishStep])])


class ConflictForm(FlaskForm):  # type: ignore[misc]
    """An institution to keep away from, by its name or id."""

    institution = StringField(
        "Institution",
        [InputRequired("Write the name of the institution."), Length(max=200)],
        render_kw={"autocomplete": "off"},
    )
