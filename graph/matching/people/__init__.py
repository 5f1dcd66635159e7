"""The people and what an opening asks of them, as columns of equal length, and what their pasts share."""
