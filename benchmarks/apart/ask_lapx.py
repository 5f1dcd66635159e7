"""The least cost of a square table, by lapx: `ask_lapx.py QUESTION ANSWER`, both JSON."""

import json
import sys
import time
from pathlib import Path

import lap
import numpy as np

costs = np.asarray(json.loads(Path(sys.argv[1]).read_text())["costs"])
began = time.process_time()
table = costs.astype(float)
ready = time.process_time()
total = round(lap.lapjv(table)[0])
done = time.process_time()
Path(sys.argv[2]).write_text(json.dumps({"prepare": ready - began, "solve": done - ready, "total": total}))
