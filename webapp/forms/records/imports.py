"""The form that takes a file in."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length


class ImportForm(FlaskForm):  # type: ignore[misc]
    """A source, its file and, for tables, which column is what."""

    source = SelectField("Source", [InputRequired("Choose what the file holds.")])
    file = FileField("File", [FileRequired("Choose a file.")])
    mapping = StringField("Columns", [Length(max=1000)])


class ConfirmForm(FlaskForm):  # type: ignore[misc]
    """The second step of an import: only a button."""
