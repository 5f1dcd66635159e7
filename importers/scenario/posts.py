"""What people do at each kind of institution, and what they are likely to be good at."""

from graph.domain.organisations import InstitutionKind

ROLES = {
    InstitutionKind.CSIRT: ("Incident handler", "Duty officer", "Malware analyst", "Team lead", "Head of operations"),
    InstitutionKind.MINISTRY: (
        "Policy adviser",
        "Director of digital security",
        "Programme coordinator",
        "Legal officer",
    ),
    InstitutionKind.LAW_ENFORCEMENT: (
        "Investigator",
        "Digital forensic examiner",
        "Head of laboratory",
        "Liaison officer",
    ),
    InstitutionKind.REGULATOR: ("Supervision officer", "Head of network safety", "Legal counsel", "Auditor"),
    InstitutionKind.UNIVERSITY: ("Lecturer", "Researcher", "Head of laboratory", "Associate professor"),
    InstitutionKind.COMPANY: ("Security engineer", "Operations manager", "Security architect", "Threat analyst"),
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
