"""The network as files: formats of other tools, a page that plays by itself, and sealed research bundles."""
