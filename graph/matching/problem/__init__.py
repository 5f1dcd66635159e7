"""The assignment problem: who may fill what for how many points, and what was decided or limited beforehand."""
