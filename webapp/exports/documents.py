"""XML written from top to bottom by the standard library, free of what XML cannot hold."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from io import StringIO
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

from jinja2 import Environment, FileSystemLoader

from webapp import templates

# All that XML 1.0 allows; a name with anything else would make the file unreadable.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document:
    """An XML document in UTF-8; `content` is what was written so far. Names of elements and attributes are ours."""

    def __init__(self) -> None:
        self._file = StringIO()
        self._writer = XMLGenerator(self._file, "utf-8")
        self._writer.startDocument()

    @property
    def content(self) -> bytes:
        """The document, complete once its outermost element is closed."""
        return self._file.getvalue().encode()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        """An element around all that is written within."""
        self._open(name, attributes or {})
        yield
        self._close(name)

    def leaf(self, name: str, attributes: Mapping[str, object], text: object = "") -> None:
        """An element with nothing but text in it."""
        self._open(name, attributes)
        self._writer.characters(_written(text))
        self._close(name)

    def _open(self, name: str, attributes: Mapping[str, object]) -> None:
        self._writer.startElement(name, AttributesImpl({key: _written(value) for key, value in attributes.items()}))

    def _close(self, name: str) -> None:
        self._writer.endElement(name)
        self._writer.ignorableWhitespace("\n")


@cache
def drawings() -> Environment:
    """The templates of files that stand by themselves, which need nothing of the application."""
    return Environment(loader=FileSystemLoader(templates()), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def cleaned(text: str) -> str:
    """The text with a mark in the place of every character that XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _written(value: object) -> str:
    return cleaned(str(value).lower() if isinstance(value, bool) else str(value))
