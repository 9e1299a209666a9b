"""The checks: one YAML file for each kind of element, one row for each transition of it.

A row is `element`, `action`, `effect` (see `variance.Effect`), `id` or `ids` (by side), `says`, and for
schemas the `keywords` whose proof decides. Directions are not written here: they follow from the data's flow.
"""

from .catalogue import Check, catalogue, find

__all__ = ["Check", "catalogue", "find"]
