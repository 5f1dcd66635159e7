"""Where a proposal stands and what came of publishing a plan, in words of which commands have a use, too."""

from graph.domain.agreements import ProposalStatus
from graph.services.proposals.publish import Published
from webapp.presenters import words

STATUS = {
    ProposalStatus.DRAFT: "draft",
    ProposalStatus.PROPOSED: "waits for both sides",
    ProposalStatus.ACCEPTED_BY_HOST: "waits for the expert",
    ProposalStatus.ACCEPTED_BY_EXPERT: "waits for the host",
    ProposalStatus.CONFIRMED: "confirmed",
    ProposalStatus.DECLINED: "declined",
    ProposalStatus.EXPIRED: "expired",
}


def published(found: Published) -> str:
    """What came of publishing a plan."""
    put = f"{words.counted(found.put, 'proposal waits', 'proposals wait')} for both sides now."
    if not found.kept:
        return put if found.put else "Nothing was left to publish: the plan has no drafts."
    kept = words.counted(found.kept, "stays a draft", "stay drafts")
    return f"{put if found.put else 'Nobody new is asked.'} {kept}: asked already, for the same opening."
