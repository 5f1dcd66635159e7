"""The capacity areas: the grain at which programmes are assessed and help is asked for. The wording is ours."""

from graph.domain.places import Capability

FRAMEWORK = "areas"
UNCOVERED = "Neither NICE nor FIRST describes this work."

# name in ids, name, what it takes
_AREAS = (
    ("national-strategy", "National strategy", "Setting national aims, who leads, and what is measured and funded."),
    ("cyber-diplomacy", "Cyber diplomacy", f"Speaking for a state on norms, trust and law between states. {UNCOVERED}"),
    ("policy-regulation", "Policy and regulation", f"Turning aims into duties that can be supervised. {UNCOVERED}"),
    ("cybercrime-law", "Cybercrime law", "Drafting and using law on offences, procedure and help between states."),
    ("cybercrime-investigation", "Cybercrime investigation", "Finding who did it, lawfully, with partners abroad."),
    ("prosecution-courts", "Prosecution and courts", f"Bringing electronic evidence before a judge. {UNCOVERED}"),
    ("digital-forensics", "Digital forensics", "Securing, examining and explaining traces on devices and networks."),
    ("data-protection", "Data protection", "Guarding people's data in law, in systems and in the work of teams."),
    ("child-protection", "Children online", f"Preventing and pursuing harm to children on the network. {UNCOVERED}"),
    ("incident-handling", "Incident handling", "Taking reports, analysing, containing and recovering."),
    ("incident-coordination", "Incident coordination", "Keeping all who are affected informed and acting together."),
    ("crisis-management", "Crisis management", "Deciding and communicating when an incident becomes national."),
    ("security-monitoring", "Security monitoring", "Seeing attacks early: sensors, logs, rules, shifts."),
    ("threat-intelligence", "Threat intelligence", "Knowing adversaries well enough to act before they do."),
    ("malware-analysis", "Malware analysis", "Taking hostile code apart and turning findings into detection."),
    ("vulnerability-handling", "Vulnerability handling", "Receiving, fixing and disclosing weaknesses in order."),
    ("situational-awareness", "Situational awareness", "Putting many signals into one picture people can use."),
    ("information-sharing", "Information sharing", "Agreements, formats and habits for passing on what one knows."),
    ("team-building", "Building a response team", "Founding a team: mandate, services, staff, tools, constituency."),
    ("critical-infrastructure", "Critical infrastructure", "Protecting what a country cannot do without."),
    ("industrial-control", "Industrial control systems", f"Security where software moves machines. {UNCOVERED}"),
    ("risk-audit", "Risk and audit", "Weighing risks, choosing controls and checking that they work."),
    ("security-architecture", "Security architecture", "Designing systems that stay safe when parts fail."),
    ("secure-software", "Secure software", "Building and testing software so that it withstands attack."),
    ("network-resilience", "Network resilience", "Running networks, exchanges and names so that they stay up."),
    ("digital-trust", "Digital trust and cryptography", "Identity, signatures, keys and protected communication."),
    ("procurement", "Procurement", "Buying and keeping technology with security in the contract."),
    ("exercises", "Exercises", "Rehearsing with others, at a table or on live systems, and learning from it."),
    ("awareness", "Awareness", "Helping the public and small firms to protect themselves."),
    ("workforce", "Workforce and training", "Finding, teaching and keeping people; training the trainers."),
    ("higher-education", "Higher education", "Degrees, curricula and laboratories at universities."),
    ("research", "Research", "Asking new questions at home and publishing the answers."),
    ("defence-cooperation", "Defence cooperation", "Planning and law for operations of armed forces and partners."),
    ("programme-leadership", "Programme leadership", "Leading reform: plans, budgets, partners and exit."),
)


def area_id(name: str) -> str:
    """The id of an area: "awareness" -> "area-awareness"."""
    return f"area-{name}"


def areas() -> tuple[Capability, ...]:
    """All capacity areas, in the order in which assessments list them."""
    return tuple(
        Capability(
            id=area_id(name),
            source="baton",
            source_id=name,
            name=title,
            code=name,
            framework=FRAMEWORK,
            kind="area",
            description=description,
        )
        for name, title, description in _AREAS
    )
