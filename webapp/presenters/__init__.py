"""From rows and results to words and figures that a template only has to place."""
