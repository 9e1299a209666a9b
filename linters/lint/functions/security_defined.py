"""`securityDefined`: a security requirement asks for schemes, and for scopes of them, that are defined.

A function of Lading's. The target is one requirement, `{scheme: [scope, …]}`. Scopes are looked for in all flows
of an `oauth2` scheme; other types define none (OpenAPI 3.1.1, Security Requirement Object).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(options: Mapping[str, Any]) -> Check:
    judge = _schemes if options["check"] == "schemes" else _scopes

    def check(target: Any, context: Context) -> Iterable[Problem]:
        return judge(target, _defined(context.root)) if isinstance(target, dict) else ()

    return check


def _schemes(requirement: Mapping[str, Any], defined: Mapping[str, Any]) -> Iterable[Problem]:
    for name in requirement:
        if name not in defined:
            yield Problem(f"The security scheme `{name}` is not defined. {_advice(name, defined)}", (name,))


def _scopes(requirement: Mapping[str, Any], defined: Mapping[str, Any]) -> Iterable[Problem]:
    for name, wanted in requirement.items():
        offered = _offered(defined.get(name))
        if offered is None or not isinstance(wanted, list):
            continue
        for index, scope in enumerate(wanted):
            if isinstance(scope, str) and scope not in offered:
                message = f"The scheme `{name}` offers no scope `{scope}`. {_advice(scope, offered)}"
                yield Problem(message, (name, index))


def _defined(root: Any) -> Mapping[str, Any]:
    if not isinstance(root, dict):
        return {}
    components = root.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    found = schemes if schemes is not None else root.get("securityDefinitions")
    return found if isinstance(found, dict) else {}


def _offered(scheme: Any) -> Mapping[str, Any] | None:
    """The scopes of all flows; None for a scheme that has no scopes, or whose scopes cannot be known."""
    if not isinstance(scheme, dict) or scheme.get("type") != "oauth2":
        return None
    flows = scheme.get("flows")
    holders = list(flows.values()) if isinstance(flows, dict) else [scheme]
    offered: dict[str, Any] = {}
    for holder in holders:
        scopes = holder.get("scopes") if isinstance(holder, dict) else None
        if isinstance(scopes, dict):
            offered.update(scopes)
    return offered


def _advice(wanted: str, known: Mapping[str, Any]) -> str:
    close = difflib.get_close_matches(wanted, known, n=1)
    if close:
        return f"Did you mean `{close[0]}`?"
    listed = ", ".join(f"`{name}`" for name in list(known)[:10])
    return f"There are {listed}; define it or name one of them." if listed else "None is; define it."


FUNCTION = Function(
    "securityDefined",
    {
        "type": "object",
        "properties": {"check": {"enum": ["schemes", "scopes"]}},
        "required": ["check"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
