"""`oasSecurityDefined`: a security requirement names schemes that are defined, and scopes that they offer.

The target is one Security Requirement Object. `oasVersion` says where the schemes are: in `securityDefinitions`
(2) or in `components.securitySchemes` (3). Unlike `securityDefined`, it asks for scopes of every type of scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linters.lint.function import Check, Context, Function, Problem


def _prepare(options: Mapping[str, Any]) -> Check:
    swagger = options["oasVersion"] == 2

    def check(target: Any, context: Context) -> Iterable[Problem]:
        if not isinstance(target, dict) or not all(map(_is_scopes, target.values())):
            return
        schemes = _schemes(context.root, swagger)
        for name, wanted in target.items():
            if name not in schemes:
                yield Problem(f"The security scheme `{name}` is not defined.", (name,))
                continue
            offered = _scopes(schemes[name], swagger)
            for index, scope in enumerate(wanted):
                if scope not in offered:
                    yield Problem(f"The security scheme `{name}` offers no scope `{scope}`.", (name, index))

    return check


def _is_scopes(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(scope, str) for scope in value)


def _schemes(root: Any, swagger: bool) -> Mapping[str, Any]:
    document = _mapping(root)
    holder = document if swagger else _mapping(document.get("components"))
    return _mapping(holder.get("securityDefinitions" if swagger else "securitySchemes"))


def _scopes(scheme: Any, swagger: bool) -> frozenset[str]:
    holders = [scheme] if swagger else list(_mapping(_mapping(scheme).get("flows")).values())
    return frozenset(scope for holder in holders for scope in _mapping(_mapping(holder).get("scopes")))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


FUNCTION = Function(
    "oasSecurityDefined",
    {
        "type": "object",
        "properties": {"oasVersion": {"enum": [2, 3]}},
        "required": ["oasVersion"],
        "additionalProperties": False,
    },
    _prepare,
    required=True,
)
