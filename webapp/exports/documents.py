"""XML written from top to bottom, every text escaped and free of what XML cannot hold."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from xml.sax.saxutils import escape, quoteattr

from jinja2 import Environment, FileSystemLoader

from webapp import templates

# All that XML 1.0 allows; a name with anything else would make the file unreadable.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document:
    """An XML document in UTF-8; `content` is what was written so far. Names of elements and attributes are ours."""

    def __init__(self) -> None:
        self._parts = ['<?xml version="1.0" encoding="utf-8"?>\n']

    @property
    def content(self) -> bytes:
        """The document, complete once its outermost element is closed."""
        return "".join(self._parts).encode()

    @contextmanager
    def element(self, name: str, attributes: Mapping[str, object] | None = None) -> Iterator[None]:
        """An element around all that is written within."""
        self._parts.append(f"<{name}{_attributes(attributes or {})}>")
        yield
        self._parts.append(f"</{name}>\n")

    def leaf(self, name: str, attributes: Mapping[str, object], text: object = "") -> None:
        """An element with nothing but text in it."""
        self._parts.append(f"<{name}{_attributes(attributes)}>{escape(_written(text))}</{name}>\n")


@cache
def drawings() -> Environment:
    """The templates of files that stand by themselves, which need nothing of the application."""
    return Environment(loader=FileSystemLoader(templates()), autoescape=True, trim_blocks=True, lstrip_blocks=True)


def cleaned(text: str) -> str:
    """The text with a mark in the place of every character that XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def _attributes(attributes: Mapping[str, object]) -> str:
    return "".join([f" {name}={quoteattr(_written(value))}" for name, value in attributes.items()])


def _written(value: object) -> str:
    return cleaned(str(value).lower() if isinstance(value, bool) else str(value))
