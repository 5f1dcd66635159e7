"""Counts in English: the number with the form of the word that belongs to it."""


def form_of(number: int, singular: str, plural: str = "") -> str:
    """The singular for one thing, else the plural; a plural that is not given ends in "s".

    >>> form_of(1, "is", "are"), form_of(21, "seat")
    ('is', 'seats')
    """
    return singular if abs(number) == 1 else plural or f"{singular}s"


def counted(number: int, singular: str, plural: str = "") -> str:
    """A number of things, with its thousands set apart.

    >>> counted(1, "country", "countries"), counted(1200, "tie")
    ('1 country', '1,200 ties')
    """
    return f"{number:,} {form_of(number, singular, plural)}"
