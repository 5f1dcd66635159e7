"""One optimum under a chosen objective, by the method that fits the limits of the problem."""
