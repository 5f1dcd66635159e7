"""How sure it is that a plan is the best, in words."""

from graph.matching.solvers.plans import Certificate


def proved_best(certificate: Certificate) -> str:
    """ "proved to be the best over all 2,500,000 pairs"."""
    return f"proved to be the best over all {certificate.pairs:,} pairs"


def how_proved(certificate: Certificate) -> str:
    """What the proof rests on, as a sentence."""
    rest = f"made of {certificate.candidates:,} of them, and by its prices none of the others could improve it"
    return f"The plan is {proved_best(certificate)}: it was {rest}."
