"""How many pairs and actors hold in each year, by DyNetx: `ask_dynetx.py QUESTION ANSWER`, both JSON.

Its intervals hold their last day, ours do not.
"""

import json
import resource
import sys
import time
from pathlib import Path

import dynetx

question = json.loads(Path(sys.argv[1]).read_text())
began = time.process_time()
graph = dynetx.DynDiGraph()
for source, target, start, end in sorted(question["ties"], key=lambda tie: tie[2]):
    graph.add_interaction(source, target, t=start, e=end)
ready = time.process_time()
slices = [graph.time_slice(first, last - 1) for first, last in question["years"]]
counted = [[len(held.edges()), held.number_of_nodes()] for held in slices]
done = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
answer = {"prepare": ready - began, "solve": done - ready, "megabytes": peak, "years": counted}
Path(sys.argv[2]).write_text(json.dumps(answer))
