"""What becomes of every field that the specifications define, when it changes between two versions.

A small document that uses every field is changed one field at a time, and the comparison says what it makes of
each. `make coverage` writes what came out to `docs/breaking-coverage.md`; what is passed over in silence needs a
reason in `reasons.yaml`.
"""
