"""The HTTP edge of Baton: its pages, and its commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from graph.connection import Database
    from webapp.settings import Settings

LARGEST_UPLOAD = 64 * 1024 * 1024


def create_app(settings: Settings, graph: Database | None = None) -> Flask:
    """Build the application; with a `graph` it works on that one, else on the one the settings name."""
    # Imported here: every command passes through this module, and only those that serve pages have a use for them.
    from flask_bootstrap import Bootstrap5

    from webapp import context, current, errors, security, views

    app = current.App(__name__, template_folder=str(templates()))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_UPLOAD,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        REMEMBER_COOKIE_HTTPONLY=True,
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    current.install(app, settings, graph)
    Bootstrap5(app)
    for part in (security, errors, context, views):
        part.install(app)
    return app


def templates() -> Path:
    """The folder of the pages: within the package where it was installed, beside it in a clone."""
    installed = Path(__file__).parent / "templates"
    return installed if installed.is_dir() else installed.parents[1] / "templates"
