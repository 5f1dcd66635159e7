"""What an actor of each level is called, one of them and several."""

from graph.services.transfers.actors import Level

NOUNS = {
    Level.PERSON: ("person", "people"),
    Level.INSTITUTION: ("institution", "institutions"),
    Level.COUNTRY: ("country", "countries"),
    Level.REGION: ("region", "regions"),
}
NOUN = {level: plural for level, (_, plural) in NOUNS.items()}
