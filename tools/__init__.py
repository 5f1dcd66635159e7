"""What is run by hand once in a while."""
