"""The stable plan that is best for the residents, by matching: `ask_matching.py QUESTION ANSWER`, both JSON.

Its players know each other and are copied deeply, which from a thousand residents on goes past Python's usual depth
of calls; so it runs with a deeper one, in a thread with the stack for it.
"""

import json
import sys
import threading
import time
from pathlib import Path

from matching.games import HospitalResident

DEPTH, STACK = 10_000_000, 2**30


def solve() -> None:
    """Build the game and solve it."""
    question = json.loads(Path(sys.argv[1]).read_text())
    began = time.process_time()
    game = HospitalResident.create_from_dictionaries(
        question["residents"], question["hospitals"], question["capacities"]
    )
    ready = time.process_time()
    made = game.solve(optimal="resident")
    done = time.process_time()
    pairs = [[resident.name, hospital.name] for hospital, residents in made.items() for resident in residents]
    Path(sys.argv[2]).write_text(json.dumps({"prepare": ready - began, "solve": done - ready, "pairs": pairs}))


sys.setrecursionlimit(DEPTH)
threading.stack_size(STACK)
thread = threading.Thread(target=solve)
thread.start()
thread.join()
