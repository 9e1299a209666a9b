"""What differs between two schemas, keyword by keyword, in the words of the people who wrote them.

Nothing here judges: a difference says where it is and which check describes it, and the proof decides.
"""

from .difference import Difference
from .graph import Graph, Vertex, bits, lowest
from .nodes import Node, Reader
from .walk import SchemaWalk

__all__ = ["Difference", "Graph", "Node", "Reader", "SchemaWalk", "Vertex", "bits", "lowest"]
