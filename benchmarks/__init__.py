"""What is claimed about speed, each claim against a named peer in the same run. `python -m benchmarks` runs all."""
