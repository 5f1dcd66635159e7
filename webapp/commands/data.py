"""`import` and `reference`: getting records in."""

from pathlib import Path

import click

from graph.services.imports.ingest import ImportReport, ingest
from importers import reference
from importers.rows import parse_mapping
from importers.sources import Options
from webapp import imports
from webapp.commands import running
from webapp.commands.answers import as_json, say_json

_SHOWN = 20


@click.command("import")
@click.argument("source")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--map", "mapping", default="", help="For tables: which column is what, ours=theirs,...")
@click.option("--dataset", default="", help="The name of the data set; by default the file's.")
@click.option("--dry-run", is_flag=True, help="Report what would happen and write nothing.")
@as_json
def import_(source: str, path: Path, mapping: str, dataset: str, dry_run: bool, json_: bool) -> None:  # noqa: FBT001, PLR0913 -- one parameter an option of the command line
    """Take in the file PATH of SOURCE: ror, cordis, people or ties."""
    # Read first: a file that breaks off ends here, and no engine was started for it.
    options = Options(today=running.today(), mapping=parse_mapping(mapping), dataset=dataset)
    reading = imports.read_file(source, path, options)
    take = imports.preview_file if dry_run else imports.take_file
    report = take(running.graph(), reading)
    if json_:
        say_json(report)
    else:
        _say(report)


@click.command("reference")
def load_reference() -> None:
    """Bring countries, regions, languages and capability trees up to date."""
    report = ingest(running.graph(), "reference", reference.read())
    click.echo(f"{report.read:,} reference records: {report.created:,} new, {report.changed:,} changed.")


def _say(report: ImportReport) -> None:
    click.echo(("Imported" if report.batch else "Would import") + f" from {report.source}:")
    for name, count in report.counts.items():
        click.echo(f"  {name:<10} {count:>9,}")
    for rejected in report.rejected[:_SHOWN]:
        click.echo(f"  rejected {rejected.position}: {rejected.why}")
    for warning in report.warnings[:_SHOWN]:
        click.echo(f"  warning {warning.position}: {warning.what}")
    more = max(0, len(report.rejected) - _SHOWN) + max(0, len(report.warnings) - _SHOWN)
    if more:
        click.echo(f"  and {more:,} more; --json lists them all.")


COMMANDS = (import_, load_reference)
