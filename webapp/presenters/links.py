"""Where a stored record is shown."""

from graph.domain.labels import Label

_PAGES = {
    Label.CENTRE.value: "centres.show",
    Label.EXPERT.value: "experts.show",
    Label.INSTITUTION.value: "institutions.show",
    Label.OPENING.value: "openings.show",
    Label.PROGRAMME.value: "programmes.show",
}
_ENGAGEMENTS = {
    Label.JOINT_PROJECT.value,
    Label.MENTORSHIP.value,
    Label.SCHOLARSHIP.value,
    Label.SECONDMENT.value,
    Label.TRAINING.value,
}


def record_page(label: str, record_id: str) -> str:
    """The address of a record's own page, or of the list narrowed to it; empty where it has neither."""
    from flask import url_for  # a tenth of a second that commands need not wait for

    if label in _PAGES:
        return url_for(_PAGES[label], record_id=record_id)
    if label in _ENGAGEMENTS:
        return url_for("engagements.show", kind=label, record_id=record_id)
    if label == Label.CAPABILITY:
        return url_for("experts.index", capability=record_id)
    if label == Label.LANGUAGE:
        return url_for("experts.index", language=record_id)
    return url_for("institutions.index", country=record_id) if label == Label.COUNTRY and record_id else ""
