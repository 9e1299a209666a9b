"""Is every value that one schema accepts accepted by another? A proof, a witness, or a named reason.

`prove` answers yes only for what was proved, no only with a witness that a second validator confirmed, and
otherwise says what stopped it.
"""

from .definitions import Definitions, JsonSchema
from .outcome import Names, Outcome, Proof
from .prover import Prover

__all__ = ["Definitions", "JsonSchema", "Names", "Outcome", "Proof", "Prover"]
