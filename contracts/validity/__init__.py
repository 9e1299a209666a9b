"""Whether a document is what its specification calls valid."""
