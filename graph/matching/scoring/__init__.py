"""Who may be suggested for an opening, for how many points, and what lies behind each of them."""
