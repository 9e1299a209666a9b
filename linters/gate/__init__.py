"""The gate: may this version be published, and why. Pure: every fact it weighs is handed in."""

from .advice import Advice, advise
from .approvals import Approval, read_approvals
from .decide import decide
from .history import MOST as MOST_EARLIER
from .history import versions_to_compare
from .profile import Profile
from .request import Caller, Earlier, GateRequest, Lifecycle
from .result import Check, GateResult
from .versions import Bump, Number, bump_of, suggest

__all__ = [
    "MOST_EARLIER",
    "Advice",
    "Approval",
    "Bump",
    "Caller",
    "Check",
    "Earlier",
    "GateRequest",
    "GateResult",
    "Lifecycle",
    "Number",
    "Profile",
    "advise",
    "bump_of",
    "decide",
    "read_approvals",
    "suggest",
    "versions_to_compare",
]
