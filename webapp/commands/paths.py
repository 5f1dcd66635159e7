"""`paths`: who could have learned from whom by a date."""

from dataclasses import replace

import click

from graph.errors import InvalidValue
from graph.services.network.paths import (
    ReachedActors,
    TransferPath,
    last_day_of,
    trace_path,
    who_could_have_taught,
    whom_it_reached,
)
from graph.services.transfers.actors import Level
from graph.services.transfers.followed import LogQuery, read_followed, read_subject, share_of
from webapp.commands import running
from webapp.commands.answers import as_json
from webapp.commands.audiences import as_anybody, say_json_seen, say_seen, viewer
from webapp.commands.outputs import about_option, planned_option
from webapp.presenters.network.nouns import NOUN
from webapp.presenters.network.paths import (
    answer,
    assumed,
    assumed_of,
    carrier,
    day,
    followed,
    span,
    times,
)
from webapp.urls import network


@click.command()
@click.argument("source", metavar="[FROM]", required=False)
@click.argument("target", metavar="[TO]", required=False)
@click.option("--to", "learner", metavar="ID", help="List who could have taught this one.")
@click.option("--by", default="", metavar="DATE", help="Year, month or day by whose end it has arrived; default today.")
@click.option(
    "--level", type=click.Choice([level.value for level in Level]), default=Level.PERSON.value, show_default=True
)
@about_option
@planned_option
@as_anybody
@as_json
def paths(  # noqa: PLR0913 -- one parameter an option of the command line
    source: str | None,
    target: str | None,
    learner: str | None,
    by: str,
    level: str,
    about: str,
    planned: str,
    json_: bool,  # noqa: FBT001 -- click hands a flag over by name
) -> None:
    """Say whether TO could have learned from FROM by a date; with FROM alone, whom FROM could have reached."""
    if target and learner:
        raise InvalidValue("to", learner, f"learns beside {target!r}; name one of them alone")
    target = target or learner
    if not (source or target):
        raise click.UsageError("Name who gives, who learns with --to, or both.")
    today = running.today()
    until = last_day_of(by, today)
    graph, audience, subject = running.graph(), viewer(), read_subject(running.graph(), [about])
    query = LogQuery(Level(level), today, network.read_filter({"planned": planned}))
    read = read_followed(graph, audience, query, subject)
    if source and target:
        found: TransferPath | ReachedActors = trace_path(read, source, target, until)
    elif target:
        found = who_could_have_taught(read, target, until)
    else:
        found = whom_it_reached(read, source or "", until)
    found = replace(found, subject=share_of(graph, audience, query, subject))
    if json_:
        say_json_seen(found)
        return
    if isinstance(found, TransferPath):
        _say_path(found)
    else:
        _say_reach(found, "could have learned from" if source else "could have taught", NOUN[Level(level)])
    rests = assumed(found) if isinstance(found, TransferPath) else assumed_of(found, Level(level))
    for sentence in filter(None, (rests, followed(found.subject))):
        click.echo(sentence)
    say_seen()


def _say_path(found: TransferPath) -> None:
    click.echo(answer(found))
    for sentence in times(found):
        click.echo(sentence)
    for one in found.earliest:
        record = f" ({one.record})" if one.record else ""
        click.echo(f"  {span(one)}: {carrier(one)}{record}")


def _say_reach(found: ReachedActors, verb: str, noun: str) -> None:
    count = f"{len(found.reached):,} of {found.others:,} other {noun}"
    click.echo(f"{count} {verb} {found.actor.name} by {day(found.by)}.")
    for other in found.reached:
        click.echo(
            f"  {day(other.day):<12} {other.ties:>2} {'tie ' if other.ties == 1 else 'ties'}  {other.actor.name}"
        )


COMMANDS = (paths,)
