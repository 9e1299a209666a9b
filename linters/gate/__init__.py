"""The gate: may this version be published, and why. Pure: every fact it weighs is handed in."""

from .advice import Advice, advise
from .approvals import Approval, read_approvals
from .decide import decide
from .profile import Profile
from .request import Caller, GateRequest, Lifecycle
from .result import Check, GateResult
from .versions import Bump, Number, bump_of, suggest

__all__ = [
    "Advice",
    "Approval",
    "Bump",
    "Caller",
    "Check",
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
]
