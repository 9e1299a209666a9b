"""Where the performance figures come from. `python -m benchmarks` measures and prints them."""
