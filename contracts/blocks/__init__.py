"""YAML in block style, as most contracts are written, read line by line.

libyaml reads all of YAML, one event object at a time; this reads the part of YAML that published contracts are
made of, with one regular expression per line, and says `Unusual` for everything else, which is then left to
libyaml. What it does read, it reads as libyaml would: property tests hold the two together, values and places.
"""

from .likeness import Likeness
from .places import BlockTree
from .reader import read
from .scalars import Unusual

__all__ = ["BlockTree", "Likeness", "Unusual", "read"]
