"""The HTTP edge of Baton."""

from pathlib import Path

from flask import Flask
from flask_bootstrap import Bootstrap5

from graph.connection import Database
from webapp import commands, context, current, errors, security, views
from webapp.settings import Settings

LARGEST_UPLOAD = 64 * 1024 * 1024


def create_app(settings: Settings, graph: Database | None = None) -> Flask:
    """Build the application; with a `graph` it works on that one, else on the one the settings name."""
    app = Flask(__name__, template_folder=str(Path(__file__).parent.parent / "templates"))
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
    for part in (security, errors, context, views, commands):
        part.install(app)
    return app
