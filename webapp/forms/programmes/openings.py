"""Forms about openings."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from graph.matching.scoring.criteria import CRITERIA
from graph.matching.scoring.ranking import NAMES
from webapp.presenters.matching.matches import CRITERION

HEAVIEST = 100


class WeightsForm(FlaskForm):  # type: ignore[misc]
    """What counts how much for one opening: a whole number for every criterion, added below out of their list."""

    @property
    def weights(self) -> Mapping[str, int]:
        """Criterion -> weight, once the form is valid."""
        return {name: self[name].data for name in NAMES}

    def refuse(self, why: str) -> None:
        """Say on the first field why these weights will not do."""
        self[NAMES[0]].errors = [why]


for _criterion in CRITERIA:
    _limits = NumberRange(0, HEAVIEST, f"Give a whole number from 0 to {HEAVIEST}.")
    _field = IntegerField(
        CRITERION[_criterion.name],
        [InputRequired(f"Give a whole number from 0 to {HEAVIEST}."), _limits],
        description=f"{_criterion.sentence[:1].upper()}{_criterion.sentence[1:]}.",
        render_kw={"type": "number", "min": 0, "max": HEAVIEST, "step": 1, "inputmode": "numeric"},
    )
    setattr(WeightsForm, _criterion.name, _field)
