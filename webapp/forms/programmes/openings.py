"""Forms about openings."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from graph.domain.programmes import OpeningKind
from graph.matching.scoring.criteria import Criterion
from graph.matching.scoring.kinds import KINDS
from webapp.presenters.matching.matches import CRITERION

HEAVIEST = 100


class WeightsForm(FlaskForm):  # type: ignore[misc]
    """What counts how much for one opening: a whole number for every criterion of its kind."""

    criteria: tuple[str, ...] = ()

    @property
    def weights(self) -> Mapping[str, int]:
        """Criterion -> weight, once the form is valid."""
        return {name: self[name].data for name in self.criteria}

    def refuse(self, why: str) -> None:
        """Say on the first field why these weights will not do."""
        self[self.criteria[0]].errors = [why]


def weights_form(kind: OpeningKind, weights: Mapping[str, int] | None = None) -> WeightsForm:
    """The form for openings of this kind: with these weights, else with what was sent."""
    if weights is None:
        return _FORMS[kind]()
    return _FORMS[kind](formdata=None, data={name: weights.get(name, 0) for name in KINDS[kind].names})


def _field(criterion: Criterion) -> IntegerField:
    limits = NumberRange(0, HEAVIEST, f"Give a whole number from 0 to {HEAVIEST}.")
    return IntegerField(
        CRITERION[criterion.name],
        [InputRequired(f"Give a whole number from 0 to {HEAVIEST}."), limits],
        description=f"{criterion.sentence[:1].upper()}{criterion.sentence[1:]}.",
        render_kw={"type": "number", "min": 0, "max": HEAVIEST, "step": 1, "inputmode": "numeric"},
    )


def _form(kind: OpeningKind) -> type[WeightsForm]:
    found = KINDS[kind]
    fields = {criterion.name: _field(criterion) for criterion in found.criteria}
    made: type[WeightsForm] = type(f"{kind.title()}WeightsForm", (WeightsForm,), {**fields, "criteria": found.names})
    return made


_FORMS = {kind: _form(kind) for kind in OpeningKind}
