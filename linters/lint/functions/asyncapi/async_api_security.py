"""`asyncApiSecurity`: a security requirement asks for a scheme, and for scopes of it, that are defined.

The target is one requirement as AsyncAPI 2.x writes it, `{scheme: [scope, …]}`; scopes are those of the four flows
of an `oauth2` scheme. In 3.x a requirement is the scheme itself, and there is nothing to look up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem

_FLOWS = ("implicit", "password", "clientCredentials", "authorizationCode")


def _prepare(options: Mapping[str, Any]) -> Check:
    who = options.get("objectType", "Operation").lower()

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict) or not all(map(_are_scopes, target.values())):
            return
        defined = _schemes(context.root)
        for name, scopes in target.items():
            if name not in defined:
                message = f"The {who} asks for `{name}`, which `components.securitySchemes` does not define."
                yield Problem(message, (name,))
                continue
            offered = _offered(defined[name])
            for index, scope in enumerate(scopes):
                if offered is not None and scope not in offered:
                    listed = ", ".join(f"`{known}`" for known in list(offered)[:10]) or "none"
                    message = f"The scheme `{name}` offers no scope `{scope}`; it offers {listed}."
                    yield Problem(message, (name, index))

    return check


def _are_scopes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(scope, str) for scope in value)


def _schemes(root: Any) -> Mapping[str, Any]:
    components = root.get("components") if isinstance(root, dict) else None
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    return schemes if isinstance(schemes, dict) else {}


def _offered(scheme: Any) -> Mapping[str, Any] | None:
    """The scopes of all flows; None for a scheme that has none."""
    if not isinstance(scheme, dict) or scheme.get("type") != "oauth2":
        return None
    flows = scheme.get("flows")
    offered: dict[str, Any] = {}
    for name in _FLOWS:
        flow = flows.get(name) if isinstance(flows, dict) else None
        scopes = flow.get("scopes") if isinstance(flow, dict) else None
        offered.update(scopes if isinstance(scopes, dict) else {})
    return offered


FUNCTION = Function(
    "asyncApiSecurity",
    {
        "type": "object",
        "properties": {"objectType": {"enum": ["Server", "Operation"]}},
        "additionalProperties": False,
    },
    _prepare,
)
