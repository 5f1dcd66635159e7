"""ZIP archives: written so that equal content gives equal bytes, read so that no file can fill a machine."""

import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from graph.errors import InvalidValue

LARGEST_FILE = 64 * 1024 * 1024
LARGEST_UNPACKED = 256 * 1024 * 1024
# The earliest date a ZIP archive can hold, and Unix whatever the machine is.
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_UNIX, _MODE = 3, 0o100644 << 16


def archive(members: Mapping[str, bytes]) -> bytes:
    """The members in the order of their names."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        for name in sorted(members):
            entry = ZipInfo(name, _ALWAYS)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, _UNIX, _MODE
            file.writestr(entry, members[name])
    return buffer.getvalue()


def unpacked(path: Path, names: frozenset[str], what: str) -> dict[str, bytes]:
    """The members of an archive that holds exactly these, each once.

    Reads no more than `LARGEST_FILE` bytes packed and `LARGEST_UNPACKED` unpacked in all. Raises InvalidValue in a
    sentence for whatever else the file is; `what` is the word for what it should be.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InvalidValue("file", path.name, f"is larger than {LARGEST_FILE // 2**20} MB; no {what} is")
        with ZipFile(path) as file:
            return _members(file, path, names, what)
    except OSError:
        raise InvalidValue("file", path.name, "cannot be read; check its name and folder") from None
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        raise InvalidValue("file", path.name, f"is damaged or no {what}; ask for it again where you got it") from None


def _members(file: ZipFile, path: Path, names: frozenset[str], what: str) -> dict[str, bytes]:
    found = [entry.filename for entry in file.infolist()]
    if len(found) != len(names) or set(found) != names:
        raise InvalidValue("file", path.name, f"is no {what}: it should hold {', '.join(sorted(names))} and no more")
    members, left = {}, LARGEST_UNPACKED
    for name in found:
        with file.open(name) as member:
            members[name] = member.read(left + 1)
        left -= len(members[name])
        if left < 0:
            why = f"unpacks to more than {LARGEST_UNPACKED // 2**20} MB; no {what} does"
            raise InvalidValue("file", path.name, why)
    return members
