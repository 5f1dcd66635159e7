"""`bundle` seals a research bundle; `bundle verify` counts every number of one again."""

import json
import secrets
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from graph.errors import InvalidValue
from graph.services.network.research_bundle import (
    READER,
    BundleRequest,
    Institutions,
    build_bundle,
)
from webapp.commands import running
from webapp.commands.answers import as_json, say_json
from webapp.commands.outputs import own_regions, save, span_options
from webapp.exports import bundles
from webapp.exports.verdicts import BundleVerdict, verify
from webapp.presenters.words import counted
from webapp.urls import network

_SALT_BYTES = 32
_TOLD = 20


@click.group(invoke_without_command=True)
@span_options
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option(
    "--institutions",
    type=click.Choice([each.value for each in Institutions]),
    default=Institutions.PSEUDONYM.value,
    show_default=True,
    help="Whether institutions keep their ids.",
)
@click.option(
    "--salt-file", type=click.Path(path_type=Path), help="The key of the pseudonyms; by default a random one."
)
@as_json
def bundle(
    output: Path | None,
    institutions: str,
    salt_file: Path | None,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
    **given: Any,
) -> None:
    """Seal the network as a researcher sees it: pseudonymised contacts, the question, the numbers of every window.

    The random key of the pseudonyms is kept nowhere. With --salt-file the bytes of that file are the key, and the
    same contacts get the same pseudonyms and the same bytes another time.
    """
    if click.get_current_context().invoked_subcommand:
        return
    if output is None:
        raise InvalidValue("output", "", "is missing; name the file to write with -o FILE")
    graph = running.graph()
    request = BundleRequest(
        network.read_query(graph, READER, given, given.pop("filters"), own_regions(given["regions"])),
        _salt(salt_file),
        Institutions(institutions),
    )
    drawn = build_bundle(graph, request)
    content = bundles.write(drawn)
    save(output, content)
    facts = {"file": str(output), "seal": bundles.seal(content), "windows": len(drawn.windows)}
    counts = {"actors": len(drawn.contents.actors), "contacts": len(drawn.contents.contacts)}
    if json_:
        say_json({"as": READER.role, **facts, **counts})
        return
    sizes = f"{counted(counts['contacts'], 'contact')} between {counted(counts['actors'], 'actor')}"
    click.echo(f"{output}: {sizes}, {counted(len(drawn.windows), 'window')}")
    click.echo(f"  seal {facts['seal']}; quote it where you cite the bundle")
    click.echo(f"Seen as {READER.role.value}.")


@bundle.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--seal", help="The seal that was quoted with the bundle.")
@as_json
def verify_(file: Path, seal: str | None, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """Compare every checksum of a bundle and count every number again; exit code 1 where one is not equal."""
    found = verify(file, seal)
    if json_:
        say_json({"file": str(file), "equal": found.equal, **asdict(found)})
    else:
        _say(file, found)
    if not found.equal:
        sys.exit(1)


def _salt(path: Path | None) -> bytes:
    if path is None:
        return secrets.token_bytes(_SALT_BYTES)
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidValue("salt-file", path.name, f"cannot be read ({error.strerror}); check its name") from None


def _say(file: Path, found: BundleVerdict) -> None:
    """The outcome in one line, then what differs; words out of the file are escaped, since anybody may have made it."""
    numbers = f"{counted(found.numbers, 'number')} of {counted(found.windows, 'window')}"
    again = f"{numbers} counted again from {counted(found.contacts, 'contact')}"
    click.echo(f"{file}: {'equal' if found.equal else 'NOT EQUAL'}; {again}")
    click.echo(f"  seal {found.seal}, written by {json.dumps(found.program)}")
    for name in found.altered:
        click.echo(f"  {name} was altered after sealing: its checksum is another")
    for each in found.differing[:_TOLD]:
        where, stated = json.dumps(f"{each.window}: {each.number}"), json.dumps(each.stated)
        click.echo(f"  {where} is stated as {stated} and counted as {json.dumps(each.counted)}")
    if len(found.differing) > _TOLD:
        click.echo(f"  and {counted(len(found.differing) - _TOLD, 'number')} more; --json lists all of them")


COMMANDS = (bundle,)
