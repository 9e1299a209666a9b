"""Documents and rulesets as Spectral's cases have them, and what it found held against what is found here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError, UnresolvableReference
from contracts.references import DocumentSet
from contracts.references.loading import load
from linters.lint import Finding, Ruleset, load_ruleset


def compact(value: Any) -> bytes:
    """The text that was linted."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def builtin(name: str) -> Mapping[str, Any]:
    """A ruleset that rulesets name, from our own data; KeyError where we have none."""
    from policies import rulesets

    if name not in rulesets.names():
        raise KeyError(name)
    return rulesets.definition(name)


def document_set(
    content: bytes, source: str, files: Mapping[str, Any], remote: Mapping[str, Any]
) -> DocumentSet:
    known = {
        name: value if isinstance(value, str) else compact(value)
        for name, value in {**files, **remote}.items()
    }

    def retrieve(name: str) -> bytes:
        if name not in known:
            raise UnresolvableReference("reference-outside", "", name)
        found = known[name]
        return found.encode() if isinstance(found, str) else found

    return load(parse(content, source, tolerant=True), retrieve)


def loaded(definition: Any, source: str = "", files: Mapping[str, Any] | None = None) -> Ruleset:
    def read(name: str, _base: str) -> bytes:
        name = name.removeprefix("./")
        if files is None or name not in files:
            raise ContractError("no-such-file", f"There is no file {name}.")
        found = files[name]
        return found.encode() if isinstance(found, str) else compact(found)

    return load_ruleset(definition, source=source, read=read, named=builtin)


def difference(
    findings: tuple[Finding, ...], observed: list[dict[str, Any]], messages: Mapping[str, bool] | None = None
) -> str | None:
    """What differs, in a line; None where code, path, severity, range and source agree.

    `messages` are the rules whose messages are compared as well.
    """
    ours = Counter(_key(finding.as_dict(), messages or {}) for finding in findings)
    theirs = Counter(_key(finding, messages or {}) for finding in observed)
    if ours == theirs:
        return None
    missing, extra = list((theirs - ours).elements()), list((ours - theirs).elements())
    return f"missing {_shown(missing)}; too many {_shown(extra)}"


def same_errors(error: ContractError, expected: list[dict[str, Any]]) -> str | None:
    """Codes and paths; an error that has only a message stands for any."""
    ours = [(e.code, "/".join(map(str, e.path))) for e in getattr(error, "all", ())]
    theirs = [(e["code"], "/".join(map(str, e.get("path", ()))).strip("/")) for e in expected if "code" in e]
    if len(theirs) < len(expected) or sorted(set(ours)) == sorted(set(theirs)):
        return None
    return f"expected {theirs}, refused with {ours}"


def _shown(keys: list[tuple[Any, ...]]) -> str:
    return (
        "nothing" if not keys else " | ".join(str(key) for key in keys[:4]) + (" …" if len(keys) > 4 else "")
    )


def _key(finding: Mapping[str, Any], messages: Mapping[str, bool]) -> tuple[Any, ...]:
    start, end = finding["range"]["start"], finding["range"]["end"]
    return (
        finding["code"],
        "/".join(map(str, finding["path"])),
        finding["severity"],
        f"{start['line']}:{start['character']}-{end['line']}:{end['character']}",
        finding.get("source") or "",
        finding["message"] if messages.get(finding["code"]) and finding["message"] is not None else "",
    )
