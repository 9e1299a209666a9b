"""A contract's `security`, evaluated: all schemes of a requirement, any requirement of the list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.model import SecurityRequirement, SecurityScheme
from gateway.verdicts import Fault, Header, Refusal

from .evidence import IssuerKeys, Need, TokenState
from .kinds import kinds
from .outcomes import Call, Denied, Outcome, Proved, Wanting

_TITLES = {
    401: "Credentials are needed",
    403: "The credentials do not suffice",
    503: "The credentials cannot be checked",
}


@dataclass(frozen=True, slots=True)
class Caller:
    """What the requirement that was met proved; empty for someone whom an empty requirement lets in."""

    proofs: tuple[Proved, ...] = ()


ANYONE = Caller()


def evaluate(
    security: tuple[SecurityRequirement, ...] | None, schemes: Mapping[str, SecurityScheme], call: Call
) -> Caller | Refusal | tuple[Need, ...]:
    """The caller, the refusal, or what has to be known first ("Security Requirement Object").

    The first requirement that is met counts; an empty one comes last, so that who shows a credential is known
    by it. A scheme that is not declared, or that nothing here can evaluate, is never met.
    """
    if not security:
        return ANYONE
    denied: list[Denied] = []
    needs: list[Need] = []
    for requirement in security:
        if not requirement:
            continue
        found = [_scheme(name, schemes.get(name), scopes, call) for name, scopes in requirement.items()]
        refused = [outcome for outcome in found if isinstance(outcome, Denied)]
        wanting = [outcome.need for outcome in found if isinstance(outcome, Wanting)]
        if refused:
            denied += refused
        elif wanting:
            needs += wanting
        elif len({proof.consumer.id for proof in found if isinstance(proof, Proved) and proof.consumer}) > 1:
            names = " and ".join(requirement)
            denied.append(Denied(names, "two-callers", f"{names} belong to different consumers", 403))
        else:
            return Caller(tuple(outcome for outcome in found if isinstance(outcome, Proved)))
    if needs:
        return tuple(dict.fromkeys(needs))
    return ANYONE if any(not requirement for requirement in security) else _refusal(denied)


def _scheme(name: str, scheme: SecurityScheme | None, scopes: tuple[str, ...], call: Call) -> Outcome:
    if scheme is None:
        return Denied(
            name, "scheme-not-evaluated", f"the contract does not declare the scheme {name}", 503, False
        )
    check = kinds().get(scheme.type)
    if check is None:
        return Denied(
            name, "scheme-not-evaluated", f"{name} is of the type {scheme.type}, which cannot be checked here", 503,
            presented=False,
        )  # fmt: skip
    outcome = check(scheme, scopes, call)
    if isinstance(outcome, Wanting) and call.final:
        return Denied(name, "credentials-unchecked", _unanswered(outcome.need), 503)
    return outcome


def _unanswered(need: Need) -> str:
    if isinstance(need, IssuerKeys):
        return "the keys of the token's issuer are not to be had"
    if isinstance(need, TokenState):
        return "the authorization server did not say whether the token is active"
    return "what the check needs is not there"


def _refusal(denied: list[Denied]) -> Refusal:
    """What helps most comes first: what was shown and found wanting, before what was not shown."""
    order = {403: 0, 503: 1, 401: 2}
    ranked = sorted(
        denied,
        key=lambda one: (not one.presented, order[one.status] if one.presented else -order[one.status]),
    )
    first = ranked[0]
    faults = tuple(
        Fault("security", f"/{one.scheme}", one.message, one.code) for one in dict.fromkeys(ranked)
    )
    challenges = dict.fromkeys(one.challenge for one in ranked if one.challenge) or {"Bearer": None}
    headers: tuple[Header, ...] = ()
    if first.status == 503:
        headers = ((b"retry-after", b"5"),)
    else:
        headers = tuple((b"www-authenticate", _realm(text).encode("latin-1")) for text in challenges)
    detail = f"{first.scheme}: {first.message}"
    return Refusal(first.status, first.code, _TITLES[first.status], detail, faults, headers)


def _realm(challenge: str) -> str:
    word, _, rest = challenge.partition(" ")
    if "realm=" in rest:
        return challenge
    return f'{word} realm="lading"' + (f", {rest}" if rest else "")
