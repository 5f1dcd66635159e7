"""Everything the environment may say, read once."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from graph.address import Address
from graph.errors import InvalidValue


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs.

    `home` holds everything Baton writes. `address` names a Neo4j server; None means the embedded engine in `home`.
    `secure` says that pages are served over HTTPS, so cookies may say so too. What is kept of the graph takes up to
    `cache_megabytes` of memory, and is read again after `cache_seconds` where other programs may have written to it.
    """

    home: Path
    secret_key: str
    address: Address | None = None
    port: int = 8000
    secure: bool = False
    cache_megabytes: int = 300
    cache_seconds: int = 60

    @property
    def engine_folder(self) -> Path:
        """Where the embedded engine keeps its data."""
        return self.home / "engine"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Read BATON_HOME, BATON_SECRET_KEY, BATON_HTTPS, BATON_CACHE_MB, BATON_CACHE_SECONDS, PORT and NEO4J_....

        Raises InvalidValue.
        """
        home = Path(environ.get("BATON_HOME", "instance")).resolve()
        return cls(
            home=home,
            secret_key=environ.get("BATON_SECRET_KEY") or _kept_secret(home),
            address=_address(environ),
            port=_port(environ.get("PORT", "8000")),
            secure=environ.get("BATON_HTTPS", "") == "1",
            cache_megabytes=_number(environ, "BATON_CACHE_MB", 300, 1_000_000),
            cache_seconds=_number(environ, "BATON_CACHE_SECONDS", 60, 86_400),
        )


def _address(environ: Mapping[str, str]) -> Address | None:
    uri = environ.get("NEO4J_URI", "")
    if not uri:
        return None
    username = environ.get("NEO4J_USERNAME", "")
    return Address(uri, username, environ.get("NEO4J_PASSWORD", ""), environ.get("NEO4J_DATABASE", "neo4j"))


def _port(text: str) -> int:
    if not text.isdecimal() or len(text) > 5 or not 0 < int(text) < 65536:
        raise InvalidValue("PORT", text, "is not a port; give a number from 1 to 65535")
    return int(text)


def _number(environ: Mapping[str, str], name: str, usual: int, most: int) -> int:
    text = environ.get(name) or str(usual)
    if not text.isdecimal() or len(text) > 7 or int(text) > most:
        raise InvalidValue(name, text, f"is not a number from 0 to {most:,}")
    return int(text)


def _kept_secret(home: Path) -> str:
    """The key that signs sessions, made at the first start and readable by its owner only."""
    path = home / "secret-key"
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_secret(path)
        return path.read_text().strip()
    except OSError as failure:
        raise InvalidValue(
            "BATON_HOME", home, f"cannot be written ({failure.strerror}); name another folder"
        ) from failure


def _make_secret(path: Path) -> None:
    """Write the key beside its place and link it there: no rival process reads half of it, and the first one stays."""
    draft = path.with_name(f"secret-key-{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
