"""Options that name several things in one text."""

from graph.errors import InvalidValue


def parse_weights(text: str) -> dict[str, int] | None:
    """ "gap=40,language=10" as weights; None for an empty text. Raises InvalidValue."""
    weights: dict[str, int] = {}
    for part in listed("weights", text):
        name, equals, number = part.partition("=")
        if not equals or not number.strip().isdecimal():
            raise InvalidValue("weights", part, "is not a weight; write criterion=number, as in gap=40")
        weights[name.strip()] = int(number)
    return weights or None


def listed(field: str, text: str) -> tuple[str, ...]:
    """ "a, b" as a and b. Raises InvalidValue for text that names nothing."""
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    if text and not found:
        raise InvalidValue(field, text, "names nothing; separate what you name by commas, or leave the option out")
    return found
