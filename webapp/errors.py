"""From exceptions to pages: one table, one template."""

import logging

from flask import Flask, render_template
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from graph.errors import Conflict, GraphError, InvalidValue, NotAllowed, NotFound, Unavailable

STATUS: dict[type[GraphError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    Conflict: 409,
    InvalidValue: 422,
    Unavailable: 503,
}

HEADING = {
    400: "The request could not be read",
    403: "Not open to you",
    404: "Nothing here",
    405: "Not done this way",
    409: "Somebody was faster",
    413: "Too large",
    422: "One value does not fit",
    429: "Too many tries",
    500: "Something broke on our side",
    503: "The graph does not answer",
}
_SENTENCE = {
    404: "There is no page at this address; check it, or start from the first page.",
    405: "This address is not opened that way; start from the first page.",
    413: "The file is larger than this server takes; split it or import it by the command.",
    500: "The error was written to the log; try again, and tell the administrator if it stays.",
}


def install(app: Flask) -> None:
    """Answer every exception with a page and its status."""
    app.register_error_handler(GraphError, _ours)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _ours(error: GraphError) -> tuple[str, int]:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return _page(status, str(error))


def _expired(_: CSRFError) -> tuple[str, int]:
    return _page(400, "The form had expired; go back, load the page again and send it once more.")


def _http(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    return _page(status, _SENTENCE.get(status, error.description or HEADING.get(status, "")))


def _unexpected(error: Exception) -> tuple[str, int]:
    logging.getLogger("baton").error("unexpected error", exc_info=error)
    return _page(500, _SENTENCE[500])


def _page(status: int, sentence: str) -> tuple[str, int]:
    heading = HEADING.get(status, "It did not work")
    return render_template("errors/error.html", status=status, heading=heading, sentence=sentence), status
