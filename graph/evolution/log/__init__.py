"""The tie log: every transfer as one row of columns, the windows on it, and the same seen from further away."""
