"""References: the documents of one contract and how they point at each other.

Nothing is read that was not handed in: `from_files` knows only its files, `load` asks the `Retrieve` that it
was given. A reference that leads outside, nowhere or in a circle becomes a problem of the set with its line.
"""

from .documents import DocumentSet, Located
from .loading import Retrieve, from_files, load

__all__ = ["DocumentSet", "Located", "Retrieve", "from_files", "load"]
