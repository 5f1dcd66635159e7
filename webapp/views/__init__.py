"""One blueprint per subject."""

from flask import Flask

from webapp.views import home
from webapp.views.network import compare, exports, flows, network, paths, watches
from webapp.views.people import accounts, centres, experts, institutions, peers
from webapp.views.planning import match, plans
from webapp.views.programmes import openings, programmes
from webapp.views.proposals import proposals
from webapp.views.records import engagements, findings, imports

_SUBJECTS = (
    home,
    match,
    accounts,
    experts,
    institutions,
    centres,
    programmes,
    openings,
    proposals,
    plans,
    engagements,
    peers,
    network,
    flows,
    compare,
    paths,
    exports,
    watches,
    findings,
    imports,
)


def install(app: Flask) -> None:
    """Register the blueprints."""
    for subject in _SUBJECTS:
        app.register_blueprint(subject.blueprint)
