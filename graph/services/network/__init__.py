"""Questions about the network of transfers through time."""
