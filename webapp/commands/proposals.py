"""`proposals`, `publish` and `answer`: a plan on its way to what both sides agreed."""

import click

from graph.domain.agreements import Party, ProposalStatus, Verdict
from graph.domain.dates import PartialDate
from graph.services.proposals.answer import Answer, answer_proposal
from graph.services.proposals.expire import expire_proposals
from graph.services.proposals.publish import publish_plan
from graph.services.proposals.settle import settle_proposals
from graph.store import proposals as store
from graph.store.pages import Query
from webapp.commands import running
from webapp.commands.answers import as_json, say_table
from webapp.commands.audiences import OPERATOR, say_json_seen, say_seen
from webapp.presenters.proposals.statuses import STATUS, published

_ALL = 100_000


@click.command()
@click.option("--status", type=click.Choice([one.value for one in ProposalStatus]), help="Only these.")
@as_json
def proposals(status: str | None, json_: bool) -> None:  # noqa: FBT001 -- click hands a flag over by name
    """List the proposals, and write down what has expired or was agreed meanwhile."""
    graph = running.graph()
    expire_proposals(graph, OPERATOR, running.today())
    settle_proposals(graph, running.today())
    query = Query(facets=(("status", status or ""),), sort="day", size=_ALL)
    rows = store.search(graph, store.reader(OPERATOR, running.today()), query).rows
    if json_:
        say_json_seen(rows)
        return
    cells = (
        [row["id"], row["expert_name"], row["opening_name"], f"{row['score']:,.0f}", row["last_day"], _words(row)]
        for row in rows
    )
    say_table(f"{len(rows):,} proposals", ["Proposal", "Person", "Opening", "Points", "Answer by", "Status"], cells)
    say_seen()


@click.command()
@click.argument("plan")
@click.option("--answer-by", default="", metavar="DAY", help="The last day for answers; else the openings' deadlines.")
def publish(plan: str, answer_by: str) -> None:
    """Put every draft of PLAN to both sides."""
    last = PartialDate.parse(answer_by, "answer by") if answer_by else None
    click.echo(published(publish_plan(running.graph(), OPERATOR, plan, running.today(), last)))


@click.command()
@click.argument("proposal")
@click.argument("verdict", type=click.Choice([one.value for one in Verdict]), metavar="accept|decline")
@click.option("--as", "party", type=click.Choice([one.value for one in Party]), required=True, help="Whose answer.")
@click.option("--reason", default="", help="In their words; needed to decline.")
def answer(proposal: str, verdict: str, party: str, reason: str) -> None:
    """Note the answer of one side to PROPOSAL."""
    said = Answer(Party(party), Verdict(verdict), reason)
    reached = answer_proposal(running.graph(), OPERATOR, proposal, said, running.today())
    click.echo(f"The proposal now stands at: {STATUS[reached]}.")


def _words(row: dict[str, str]) -> str:
    return STATUS[ProposalStatus(row["status"])]


COMMANDS = (proposals, publish, answer)
