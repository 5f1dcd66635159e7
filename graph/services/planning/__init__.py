"""All openings at once: the plan workspace, the plan, why, who is left out, and how it is repaired."""
