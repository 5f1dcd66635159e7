"""Sign-in, roles and the headers that keep a page to itself.

Every view says who may open it with `open_to` or `open_to_all`; one that says nothing is refused to everybody.
"""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, current_app, redirect, request, url_for
from flask_login import LoginManager, UserMixin, current_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from graph.domain.accounts import Account
from graph.domain.marks import PLANNERS, Role
from graph.errors import NotAllowed
from graph.store import accounts
from webapp import current
from webapp.throttle import Throttle

View = TypeVar("View", bound=Callable[..., object])

SIGNED_IN = frozenset(Role) - {Role.PUBLIC}
# Who is suggested for an opening is for those who decide on it.
MATCHERS = frozenset((Role.HOST, *PLANNERS))
_STATIC = {"static", "bootstrap.static"}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Viewer(UserMixin):  # type: ignore[misc]
    """A signed-in account as Flask-Login wants it."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return self.account.id


def open_to(*roles: Role) -> Callable[[View], View]:
    """Let only these roles open the view."""

    def mark(view: View) -> View:
        view.roles = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


open_to_members = open_to(*SIGNED_IN)
open_to_all = open_to(*Role)


def roles_of(app: Flask, endpoint: str) -> frozenset[Role]:
    """Who may open an endpoint; nobody when its view does not say."""
    if endpoint in _STATIC:
        return frozenset(Role)
    return getattr(app.view_functions[endpoint], "roles", frozenset())


def install(app: Flask) -> None:
    """Switch on sign-in, the role check before each request, cross-site protection and the headers."""
    login = LoginManager(app)
    login.session_protection = "strong"
    login.user_loader(_load)
    app.extensions["baton-throttle"] = Throttle()
    CSRFProtect(app)
    app.before_request(_check_role)
    app.after_request(_add_headers)


def _load(account_id: str) -> Viewer | None:
    account = accounts.maybe_find(current.graph(), account_id)
    return Viewer(account) if account else None


def _check_role() -> AnyResponse | None:
    if request.endpoint is None or request.endpoint in _STATIC:
        return None
    allowed = roles_of(current_app, request.endpoint)
    if Role.PUBLIC in allowed or current.audience().role in allowed:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    raise NotAllowed("Your role does not open this page; ask the administrator if you need it.")


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in _STATIC:
        response.headers.setdefault("Cache-Control", "no-store")
    if current.settings().secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response
