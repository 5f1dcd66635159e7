"""As whom a command reads. Whoever runs one has the data folder in hand; names stay as these roles see them."""

from graph.domain.marks import Audience, Role

OFFICER = Audience(Role.OFFICER)
RESEARCHER = Audience(Role.RESEARCHER)
