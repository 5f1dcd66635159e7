"""The one thing that goes wrong here, said in a sentence."""


class EngineError(Exception):
    """The embedded engine cannot be started, found or stopped; the message says why and what to do next."""
