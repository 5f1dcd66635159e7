"""What a plan answers beside itself: how far off a pair is, what a seat is worth, why a seat stays empty."""
