"""The plan workspace, the plan and what it leaves, in words."""
