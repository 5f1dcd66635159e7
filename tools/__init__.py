"""What is run by hand once in a while; nothing of the product imports it."""
