"""What `lading lint` is made of: which files, by which ruleset, and what each of them has to answer for."""
