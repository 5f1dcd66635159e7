"""People and where they work, and what people say about themselves."""
