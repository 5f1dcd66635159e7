"""Fields that several forms share."""

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget


class MultiCheckboxField(SelectMultipleField):
    """Several choices, one box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()
