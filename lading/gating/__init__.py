"""What `lading gate` is made of: which contracts a branch changed, and what is said of each."""
