"""One blueprint per subject."""

from flask import Flask

from webapp.views import (
    accounts,
    centres,
    engagements,
    experts,
    findings,
    home,
    imports,
    institutions,
    network,
    openings,
    programmes,
)

_SUBJECTS = (
    home,
    accounts,
    experts,
    institutions,
    centres,
    programmes,
    openings,
    engagements,
    network,
    findings,
    imports,
)


def install(app: Flask) -> None:
    """Register the blueprints."""
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint)
