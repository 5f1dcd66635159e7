"""Who could fill an opening: people and needs read, scored and put into words."""
