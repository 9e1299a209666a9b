"""A contract as people read it: groups of operations, schemas as trees, examples beside them.

Everything here is made from `contracts.model` and is bounded: trees stop at a depth and a number of nodes and
say so, with the way to the rest.
"""
