"""The embedded graph engine: ArcadeDB as one child process per data folder, spoken to over Bolt on loopback.

The engine outlives the process that started it and belongs to the folder: every process that names the folder finds
the same one. Nothing here imports a database driver; whoever connects runs `RETURN 1` first.
"""

from graph.engine.errors import EngineError
from graph.engine.home import last_write
from graph.engine.lifecycle import Endpoint, Status, ensure, status, stop

__all__ = ["Endpoint", "EngineError", "Status", "ensure", "last_write", "status", "stop"]
