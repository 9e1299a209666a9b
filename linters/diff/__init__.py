"""What changed between two versions of a contract, whom it breaks, and the proof of it.

`compare` pairs the elements of two models, walks the pairs and states transitions, and judges each by the
direction of its data, the policy, and, for schemas, a proof with a witness.
"""

from .compare import compare
from .policy import BACKWARD, CompatPolicy
from .tiers import Tier
from .verdicts import Change, Comparison, Place

__all__ = ["BACKWARD", "Change", "Comparison", "CompatPolicy", "Place", "Tier", "compare"]
