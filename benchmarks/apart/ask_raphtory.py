"""How many pairs and actors hold in each year, by Raphtory: `ask_raphtory.py QUESTION ANSWER`, both JSON.

Its persistent graph keeps a tie from where it was added to where it was deleted.
"""

import json
import resource
import sys
import time
from pathlib import Path

from raphtory import PersistentGraph

question = json.loads(Path(sys.argv[1]).read_text())
began = time.process_time()
graph = PersistentGraph()
for source, target, start, end in question["ties"]:
    graph.add_edge(start, source, target)
    graph.delete_edge(end, source, target)
ready = time.process_time()
windows = [graph.window(first, last) for first, last in question["years"]]
counted = [[held.count_edges(), sum(1 for node in held.nodes if node.degree())] for held in windows]
done = time.process_time()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
answer = {"prepare": ready - began, "solve": done - ready, "megabytes": peak, "years": counted}
Path(sys.argv[2]).write_text(json.dumps(answer))
