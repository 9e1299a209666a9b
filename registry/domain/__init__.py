"""What the registry is about: values without a database, a clock or a network."""
