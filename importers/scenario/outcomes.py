"""What came of it, in a sentence, by kind of engagement."""

OUTCOMES = {
    "secondment": (
        "The duty roster now runs without outside help.",
        "Two colleagues took over the work and kept it going.",
        "A playbook was written together and used the same month.",
        "The host kept the tools and the habit of reviewing every case.",
    ),
    "mentorship": (
        "The mentee led the next national exercise.",
        "The mentee now answers for the work and trains others.",
        "Weekly talks turned into a standing exchange between the two teams.",
        "A first case was closed without calling for help.",
    ),
    "scholarship": (
        "Came back and teaches what was learned.",
        "The thesis became the blueprint of the national laboratory.",
        "Returned to the old desk with a new method.",
    ),
    "training": (
        "Half of those who came taught it again at home.",
        "The group still talks to each other every week.",
        "Gaps in the national plan came to light and were closed.",
    ),
    "project": (
        "Shared tools are in use at every partner.",
        "The partners agreed to warn each other first.",
        "A joint report named what did not work, too.",
    ),
}
