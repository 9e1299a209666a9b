"""`mutualTLS`: a client certificate of a known consumer (RFC 8705 section 2)."""

from __future__ import annotations

from contracts.model import SecurityScheme
from gateway.callers.outcomes import Call, Denied, Outcome, Proved

TYPE = "mutualTLS"


def check(scheme: SecurityScheme, scopes: tuple[str, ...], call: Call) -> Outcome:
    """Whose certificate it is, by its SHA-256 or by a name that a trusted proxy read from it."""
    found = call.certificate
    if found is None:
        return Denied(scheme.name, "no-certificate", "a client certificate is needed", presented=False)
    if isinstance(found, str):
        return Denied(scheme.name, "unknown-certificate", found)
    known = call.trust.certificates_of
    for name in (found.thumbprint.hex(), *found.names):
        if name in known:
            return Proved(scheme.name, f"certificate {found.thumbprint.hex()}", call.consumer(known[name]))
    return Denied(scheme.name, "unknown-certificate", "the client certificate is of no known consumer")
