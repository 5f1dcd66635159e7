"""What people do at each kind of institution, from first post to last, and what they are likely to be good at."""

from graph.domain.organisations import InstitutionKind

ROLES = {
    InstitutionKind.CSIRT: ("Incident handler", "Duty officer", "Malware analyst", "Team lead", "Head of operations"),
    InstitutionKind.MINISTRY: (
        "Policy adviser",
        "Programme coordinator",
        "Legal officer",
        "Director of digital security",
    ),
    InstitutionKind.LAW_ENFORCEMENT: (
        "Investigator",
        "Digital forensic examiner",
        "Liaison officer",
        "Head of laboratory",
    ),
    InstitutionKind.REGULATOR: ("Supervision officer", "Auditor", "Legal counsel", "Head of network safety"),
    InstitutionKind.UNIVERSITY: ("Lecturer", "Researcher", "Head of laboratory", "Associate professor"),
    InstitutionKind.COMPANY: ("Security engineer", "Threat analyst", "Security architect", "Operations manager"),
    InstitutionKind.CIVIL_SOCIETY: ("Trainer", "Campaign coordinator", "Research lead"),
    InstitutionKind.DONOR: ("Programme officer", "Regional adviser", "Evaluation specialist"),
}

STRENGTHS = {
    InstitutionKind.CSIRT: "incident-handling incident-coordination security-monitoring malware-analysis team-building"
    " vulnerability-handling threat-intelligence information-sharing exercises",
    InstitutionKind.MINISTRY: "national-strategy policy-regulation cyber-diplomacy cybercrime-law data-protection"
    " crisis-management programme-leadership procurement",
    InstitutionKind.LAW_ENFORCEMENT: "cybercrime-investigation digital-forensics prosecution-courts child-protection"
    " cybercrime-law malware-analysis",
    InstitutionKind.REGULATOR: "policy-regulation risk-audit critical-infrastructure network-resilience data-protection"
    " crisis-management",
    InstitutionKind.UNIVERSITY: "higher-education research digital-forensics secure-software digital-trust workforce"
    " security-architecture cybercrime-law",
    InstitutionKind.COMPANY: "industrial-control security-architecture security-monitoring network-resilience"
    " threat-intelligence critical-infrastructure risk-audit",
    InstitutionKind.CIVIL_SOCIETY: "awareness child-protection workforce data-protection information-sharing",
    InstitutionKind.DONOR: "programme-leadership national-strategy cyber-diplomacy workforce procurement",
}
