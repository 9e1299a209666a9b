"""`oauth2`: an access token with the scopes that the operation asks for."""

from __future__ import annotations

from collections.abc import Mapping

from contracts.model import SecurityScheme
from gateway.callers import bearer
from gateway.callers.outcomes import Call, Outcome
from gateway.callers.trust import Issuer

TYPE = "oauth2"


def check(scheme: SecurityScheme, scopes: tuple[str, ...], call: Call) -> Outcome:
    """Who sends a token of an issuer that is trusted for the scheme."""
    return bearer.check(scheme.name, scopes, call, issuers=serving(scheme.name, call))


def serving(scheme: str, call: Call) -> Mapping[str, Issuer]:
    """The issuers that are trusted for a scheme."""
    return {
        name: issuer
        for name, issuer in call.trust.issuers.items()
        if not issuer.schemes or scheme in issuer.schemes
    }
