"""Names inside sentences that run the other way."""

from unicodedata import bidirectional


def apart(name: str) -> str:
    """The name; one with right-to-left letters in isolates, so that it does not turn the sentence around it."""
    turns = any(bidirectional(letter) in ("R", "AL") for letter in name)
    return f"\u2068{name}\u2069" if turns else name
