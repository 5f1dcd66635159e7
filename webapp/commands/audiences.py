"""As whom a command reads and writes: whoever runs one has the data folder in hand, and sees what these roles do."""

from graph.domain.accounts import Account
from graph.domain.marks import Audience, Role

OFFICER = Audience(Role.OFFICER)
RESEARCHER = Audience(Role.RESEARCHER)
OPERATOR = Account(id="command-line", email="", name="Command line", role=Role.OFFICER, password_hash="")
"""By this name the trail calls whoever runs a command."""
