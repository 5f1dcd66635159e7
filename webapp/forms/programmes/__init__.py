"""What a host sets for an opening."""
