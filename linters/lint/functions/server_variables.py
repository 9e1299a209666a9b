"""`serverVariables`: the variables of a server's URL are described, and no others.

The target is a Server Object with `url` and `variables` (OpenAPI 3.x, AsyncAPI 2.x). `requireDefault` asks for a
default of each variable that is used. `checkSubstitutions` puts the values in and asks whether a URL comes out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product
from typing import Any
from urllib.parse import quote, urlsplit

from linters.lint.function import Check, Context, Function, Problem
from linters.lint.schemas import compile_schema

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_INPUT = compile_schema(
    {
        "type": "object",
        "required": ["url"],
        "properties": {
            "url": {"type": "string"},
            "variables": {
                "type": "object",
                "additionalProperties": {
                    "type": "object",
                    "properties": {
                        "enum": {"type": "array", "items": {"type": "string"}},
                        "default": {"type": "string"},
                        "description": {"type": "string"},
                        "examples": {"type": "string"},
                    },
                    "patternProperties": {"^x-": True},
                    "additionalProperties": False,
                },
            },
        },
    }
)
_MOST_URLS = 10_000
_MOST_TOLD = 5
_KEPT = ";,/?:@&=+$-_.!~*'()#"
"""What stands in a URL as it is, letters and digits aside (ECMAScript, encodeURI)."""


def _prepare(options: Mapping[str, Any]) -> Check:
    default, substitute = bool(options.get("requireDefault")), bool(options.get("checkSubstitutions"))

    def check(target: Any, _context: Context) -> Iterable[Problem]:
        if not _INPUT.is_valid(target):
            yield Problem("This is no server: it needs a `url`, and `variables` by their names.")
            return
        used = list(dict.fromkeys(_VARIABLE.findall(target["url"])))
        described = target.get("variables", {})
        yield from _names(used, described)
        variables = {name: described[name] for name in described if name in used}
        yield from _values(variables, default)
        if substitute and variables:
            yield from _substitutions(target["url"], variables)

    return check


def _names(used: list[str], described: Mapping[str, Any]) -> Iterator[Problem]:
    for name in described:
        if name not in used:
            yield Problem(f"The variable `{name}` is not in the server's `url`.", ("variables", name))
    missing = [f"`{name}`" for name in used if name not in described]
    if missing:
        message = f"The server's `url` has variables that are not described: {', '.join(missing)}."
        yield Problem(message, ("variables",))


def _values(variables: Mapping[str, Any], require_default: bool) -> Iterator[Problem]:
    for name, variable in variables.items():
        if "enum" in variable and "default" in variable and variable["default"] not in variable["enum"]:
            message = f"The default of the variable `{name}` is not among its `enum`."
            yield Problem(message, ("variables", name, "default"))
        if require_default and "default" not in variable:
            yield Problem(f"The variable `{name}` has no `default`.", ("variables", name))


def _substitutions(url: str, variables: Mapping[str, Any]) -> Iterator[Problem]:
    """The first few combinations of values that make no URL; of very many combinations not all are tried."""
    wrong = list(islice((made for made in _made(url, variables) if not _is_url(made)), _MOST_TOLD))
    if wrong:
        more = ", among others" if len(wrong) == _MOST_TOLD else ""
        yield Problem(
            f"With its variables put in, the server's `url` is no URL: {', '.join(wrong)}{more}.",
            ("variables",),
        )


def _made(url: str, variables: Mapping[str, Any]) -> Iterator[str]:
    offered = [
        variable["enum"] if "enum" in variable else [variable["default"]] if "default" in variable else []
        for variable in variables.values()
    ]
    for values in islice(product(*offered), _MOST_URLS):
        made = url
        for name, value in zip(variables, values, strict=True):
            made = made.replace(f"{{{name}}}", quote(value, safe=_KEPT))
        yield made


def _is_url(text: str) -> bool:
    """Whether a text is an absolute URL with a host where its scheme needs one (WHATWG URL, roughly)."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) is None:
        return False
    if parts.scheme in ("http", "https", "ws", "wss", "ftp"):
        return bool(parts.hostname) and re.search(r'[\s<>^|%"`{}\\]', parts.hostname or "") is None
    return True


FUNCTION = Function(
    "serverVariables",
    {
        "type": "object",
        "properties": {
            "checkSubstitutions": {"type": "boolean"},
            "requireDefault": {"type": "boolean"},
        },
        "additionalProperties": False,
    },
    _prepare,
)
