"""What a browser does in these tests: fill in the sign-in form, as whom, and read a page."""

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient

from graph.domain.marks import Role

PASSWORD = "correct horse battery"
SIGNED_IN = [role for role in Role if role is not Role.PUBLIC]
ClientFor = Callable[[Role], FlaskClient]

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_CONTROLS = {"input", "select", "textarea"}
_UNLABELLED_TYPES = {"hidden", "submit"}
_UNSEEN = {"script", "style", "title"}
_INLINE = {"a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "time"}
_PLURALS = (
    "actors|brokers|capabilities|centres|components|contacts|countries|days|drafts|engagements|files|gaps"
    "|generations|hours|imports|institutions|languages|members|mentorships|months|openings|others|pairs|partners|people"
    "|placements|plans|points|programmes|proposals|records|regions|rows|rules|scholarships|seats|secondments|teams|ties"
    "|trainings|transfers|years"
)
_ONE_OF_MANY = re.compile(rf"(?<![\d.,:/-])1 (?:\w+ )?(?:{_PLURALS})\b")


def address(role: Role) -> str:
    return f"{role.value}@example.org"


def token(client: FlaskClient, page: str) -> str:
    """The cross-site token of a form on that page."""
    found = _TOKEN.search(client.get(page).text)
    assert found, f"no form on {page}"
    return found[1]


def sign_in(client: FlaskClient, email: str, password: str, then: str = "/sign-in") -> tuple[int, str]:
    """Send the sign-in form as a browser would; the status of the answer and where it leads."""
    form = {"csrf_token": token(client, then), "email": email, "password": password}
    answer = client.post(then, data=form)
    return answer.status_code, answer.headers.get("Location", "")


def flaws(text: str) -> list[str]:
    """What is wrong with a page that no page of ours may have wrong."""
    page = html5lib.parse(text, namespaceHTMLElements=False)
    every = list(page.iter())
    found = [] if len(page.findall(".//h1")) == 1 else [f"{len(page.findall('.//h1'))} headlines"]
    title = page.findtext(".//title") or ""
    if title.removesuffix(" · Baton").strip() in ("", title):
        found.append(f"title {title!r}")
    ids = [element.attrib["id"] for element in every if "id" in element.attrib]
    found += [f"id {name} twice" for name in set(ids) if ids.count(name) > 1]
    found += [f"unlabelled {control.attrib}" for control in _unlabelled(page)]
    found += [f"singular: {plural}" for plural in _ONE_OF_MANY.findall(_read_aloud(page))]
    found += [f"broken {name}" for name in _references(every) if name not in ids]
    return found + [flaw for element in every for flaw in _unsafe(element)]


def _read_aloud(element: Element) -> str:
    """The words of a page, a line for each block of it."""
    if element.tag in _UNSEEN or not isinstance(element.tag, str):
        return element.tail or ""
    inside = (element.text or "") + "".join(map(_read_aloud, element))
    edge = "" if element.tag in _INLINE else "\n"
    return f"{edge}{inside}{edge}{element.tail or ''}"


def _unlabelled(page: Element) -> Iterator[Element]:
    labels = {label.attrib.get("for") for label in page.iter("label")}
    inside = {id(control) for label in page.iter("label") for control in label.iter()}
    for control in page.iter():
        if control.tag not in _CONTROLS or control.attrib.get("type") in _UNLABELLED_TYPES:
            continue
        if (
            not control.attrib.get("aria-label")
            and control.attrib.get("id") not in labels
            and id(control) not in inside
        ):
            yield control


def _references(every: list[Element]) -> Iterator[str]:
    for element in every:
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            yield from element.attrib.get(attribute, "").split()
        href = element.attrib.get("href", "")
        if href.startswith("#") and len(href) > 1:
            yield href[1:]


def _unsafe(element: Element) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    if element.tag == "style" or (element.tag == "script" and not _is_linked_or_inert(element)):
        yield f"inline {element.tag}"
    for name, value in element.attrib.items():
        if name == "style" or name.startswith("on"):
            yield f"inline {name} on {element.tag}"
        if name in ("src", "href", "action", "formaction") and re.match(r"\s*(\w+:|//)", value):
            yield f"{element.tag} leads away: {value}"


def _is_linked_or_inert(script: Element) -> bool:
    return "src" in script.attrib or script.attrib.get("type") == "application/json"
