"""`openIdConnect`: an access token of the issuer that the scheme's discovery address names."""

from __future__ import annotations

from contracts.model import SecurityScheme
from gateway.callers import bearer
from gateway.callers.outcomes import Call, Denied, Outcome

TYPE = "openIdConnect"
_SUFFIX = "/.well-known/openid-configuration"


def check(scheme: SecurityScheme, scopes: tuple[str, ...], call: Call) -> Outcome:
    """Who sends a token of that issuer, or of one that the operator names for the scheme."""
    named = (scheme.openid_connect_url or "").removesuffix(_SUFFIX).rstrip("/")
    issuers = {
        name: issuer
        for name, issuer in call.trust.issuers.items()
        if scheme.name in issuer.schemes or (not issuer.schemes and name.rstrip("/") == named)
    }
    if not issuers:
        return Denied(
            scheme.name, "scheme-not-evaluated", f"the issuer of the scheme {scheme.name} is not trusted here",
            503, presented=bearer.token_of(call) is not None,
        )  # fmt: skip
    return bearer.check(scheme.name, scopes, call, issuers=issuers)
