"""Signing in and out, and one's own account."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from graph.domain.accounts import Account
from graph.domain.marks import Purpose
from graph.errors import InvalidValue
from graph.services.accounts import passwords
from graph.services.accounts.confirm_capabilities import confirm_capabilities
from graph.services.accounts.conflicts import declare_conflict, take_conflict_back
from graph.services.accounts.consents import choose_consents
from graph.services.accounts.wishes import WishStep, move_wish
from graph.store import conflicts, experts, wishes
from webapp import current
from webapp.forms.people.accounts import ConflictForm, ConsentForm, SignInForm, WishForm
from webapp.presenters import words
from webapp.security import Viewer, open_to_all, open_to_members
from webapp.throttle import Throttle

blueprint = Blueprint("accounts", __name__)

_REFUSED = "The address and the password do not fit together; check both."
_WAIT = "There were too many wrong passwords for this address; wait five minutes and try again."

_MOVED = {
    WishStep.ADD: "It is on your list now, as the last, and who plans sees it. Change the order on your account page.",
    WishStep.UP: "Moved up.",
    WishStep.OFF: "Taken off your list.",
}


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.is_submitted() else 200
    email, password = form.email.data or "", form.password.data or ""
    key = email.strip().casefold()
    if _throttle().blocked(key):
        form.password.errors = [_WAIT]
        return render_template("accounts/sign_in.html", form=form), 429
    account = passwords.sign_in(current.graph(), email, password)
    if account is None:
        _throttle().failed(key)
        form.password.errors = [_REFUSED]
        return render_template("accounts/sign_in.html", form=form), 422
    _throttle().succeeded(key)
    login_user(Viewer(account))
    return redirect(_local(request.args.get("next", "")) or url_for("home.index"))


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    logout_user()
    flash("You are signed out.")
    return redirect(url_for("home.index"))


@blueprint.route("/account", methods=["GET", "POST"])
@open_to_members
def profile() -> ResponseReturnValue:
    account = current.member()
    form = ConsentForm(data=_agreed(account))
    if account.expert and form.validate_on_submit():
        choose_consents(current.graph(), account, frozenset(Purpose(text) for text in form.consents.data or ()))
        flash("Saved. It holds from now on, in lists, matching, network and exports alike.", "success")
        return redirect(url_for("accounts.profile"))
    return _profile(account, form, ConflictForm(formdata=None))


def _profile(account: Account, form: ConsentForm, conflict_form: ConflictForm) -> str:
    own = (current.graph(), account.audience, account.expert)
    return render_template(
        "accounts/profile.html",
        account=account,
        role=words.ROLE[account.role],
        expert=experts.find(*own) if account.expert else None,
        capabilities=experts.capabilities(*own) if account.expert else [],
        conflicts=conflicts.of_person(*own) if account.expert else [],
        wishes=wishes.of_person(*own) if account.expert else [],
        form=form,
        conflict_form=conflict_form,
        today=current.today(),
    )


@blueprint.post("/account/conflicts")
@open_to_members
def declare() -> ResponseReturnValue:
    """Keep away from an institution from now on."""
    account, form = current.member(), ConflictForm()
    try:
        if form.validate_on_submit():
            name = declare_conflict(current.graph(), account, form.institution.data or "", current.today())
            flash(f"Saved. Nothing at {name} is offered to you from now on.", "success")
            return redirect(url_for("accounts.profile"))
    except InvalidValue as refused:
        form.institution.errors = [str(refused)]
    return _profile(account, ConsentForm(formdata=None, data=_agreed(account)), form), 422


@blueprint.post("/account/conflicts/<institution_id>/take-back")
@open_to_members
def take_back(institution_id: str) -> ResponseReturnValue:
    name = take_conflict_back(current.graph(), current.member(), institution_id)
    flash(f"Taken back. {name} is as any other institution again.", "success")
    return redirect(url_for("accounts.profile"))


@blueprint.post("/account/wishes")
@open_to_members
def wish() -> ResponseReturnValue:
    """Add an opening to one's list, move it up, or take it off; back to the page it was asked from."""
    form = WishForm()
    if not form.validate_on_submit():
        raise InvalidValue("wish", form.move.data, f"is not a step; choose from {', '.join(WishStep)}")
    opening, move = form.opening.data or "", WishStep(form.move.data or "")
    move_wish(current.graph(), current.member(), opening, move)
    flash(_MOVED[move], "success")
    if move is WishStep.ADD:
        return redirect(url_for("openings.show", record_id=opening))
    return redirect(f"{url_for('accounts.profile')}#would-take")


@blueprint.post("/account/confirm")
@open_to_members
def confirm() -> ResponseReturnValue:
    confirmed = confirm_capabilities(current.graph(), current.member(), current.today())
    flash(f"Confirmed as of today: {confirmed} of your capabilities.", "success")
    return redirect(url_for("accounts.profile"))


def _agreed(account: Account) -> Mapping[str, object] | None:
    """What the person of this account agrees to, as the form has it."""
    if not account.expert:
        return None
    return {"consents": sorted(experts.find(current.graph(), account.audience, account.expert).consents)}


def _throttle() -> Throttle:
    found: Throttle = current_app.extensions["baton-throttle"]
    return found


def _local(address: str) -> str:
    """The address when it leads to a page of ours, else nothing."""
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return address if ours else ""
