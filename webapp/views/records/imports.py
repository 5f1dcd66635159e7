"""Imports: choose a file, see what it would do, take it in."""

import secrets
from pathlib import Path

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage
from wtforms import SelectChoice  # type: ignore[attr-defined]

from graph.domain.marks import Role
from graph.errors import GraphError, InvalidValue, NotFound
from graph.services.clock import silence
from graph.store import batches
from importers.rows import parse_mapping
from importers.sources import SOURCES, Options
from webapp import current, imports
from webapp.forms.records.imports import ConfirmForm, ImportForm
from webapp.presenters import today
from webapp.security import open_to

blueprint = Blueprint("imports", __name__, url_prefix="/imports")

_WAITING = "import-waiting"


@blueprint.route("", methods=["GET", "POST"])
@open_to(Role.ADMIN)
def index() -> ResponseReturnValue:
    form = ImportForm()
    form.source.choices = [SelectChoice(source.name, source.title) for source in SOURCES.values()]
    if form.validate_on_submit():
        try:
            return _keep(form)
        except GraphError as error:
            is_mapping = isinstance(error, InvalidValue) and error.field == "map"
            (form.mapping if is_mapping else form.file).errors = [str(error)]
    runs = today.imports(batches.latest(current.graph(), current.audience(), silence()))
    return render_template("imports/index.html", form=form, sources=SOURCES, runs=runs), 422 if form.errors else 200


@blueprint.route("/check", methods=["GET", "POST"])
@open_to(Role.ADMIN)
def check() -> ResponseReturnValue:
    waiting = session.get(_WAITING)
    if not waiting:
        raise NotFound("waiting import", "")
    form = ConfirmForm()
    folder = _folder() / waiting["token"]
    reading = imports.read_file(waiting["source"], folder / waiting["name"], _options(waiting))
    if not form.validate_on_submit():
        report = imports.preview_file(current.graph(), reading)
        return render_template("imports/check.html", form=form, report=report, waiting=waiting)
    report = imports.take_file(current.graph(), reading)
    _forget(folder)
    flash(f"Imported: {report.created:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged.", "success")
    return redirect(url_for("imports.index"))


def _keep(form: ImportForm) -> ResponseReturnValue:
    """Keep the file until it is confirmed; the check page reads it and says what it would do."""
    upload: FileStorage = form.file.data
    token, name = secrets.token_hex(8), Path(upload.filename or "file").name
    folder = _folder() / token
    folder.mkdir(parents=True, mode=0o700)
    upload.save(folder / name)
    waiting = {"token": token, "name": name, "source": form.source.data, "mapping": form.mapping.data or ""}
    try:
        imports.read_file(waiting["source"], folder / name, _options(waiting))
    except GraphError:
        _forget(folder)
        raise
    session[_WAITING] = waiting
    return redirect(url_for("imports.check"))


def _options(waiting: dict[str, str]) -> Options:
    return Options(today=current.today(), mapping=parse_mapping(waiting["mapping"]))


def _folder() -> Path:
    return current.settings().home / "uploads"


def _forget(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    session.pop(_WAITING, None)
