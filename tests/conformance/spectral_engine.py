"""Spectral's functions and the parts of its engine, called alone: formats, fields, messages, printing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError
from contracts.references.loading import load
from linters.lint import Context, Function, Problem, functions, lint
from linters.lint.fields import parse_field
from linters.lint.formats import FORMATS, canonical
from linters.lint.javascript import UNDEFINED
from linters.lint.messages import fill
from linters.lint.printing import brief, dotted, escaped_pointer, pointer

from .spectral_linting import compact, loaded, same_errors


def function(case: Mapping[str, Any]) -> str | None:
    then = {"function": case["function"]}
    if case.get("options") is not None:
        then["functionOptions"] = case["options"]
    if case.get("field") is not None:
        then["field"] = case["field"]
    rule = {"given": "$", "resolved": case.get("resolved", True), "then": then}
    try:
        ruleset = loaded({"rules": {"my-rule": rule}})
    except ContractError as error:
        return _refused(error, case)
    if case["kind"] == "options-rejected":
        return "the options should be refused, and were accepted"
    if case["kind"] == "options-accepted":
        return None
    text = case["input_yaml"].encode() if "input_yaml" in case else compact(case["input"])
    found = Counter("/".join(map(str, finding.path)) for finding in lint(parse(text, tolerant=True), ruleset))
    wanted = Counter("/".join(result["path"]) for result in case["observed"])
    return (
        None if found == wanted else f"expected {sorted(wanted.elements())}, found {sorted(found.elements())}"
    )


def _refused(error: ContractError, case: Mapping[str, Any]) -> str | None:
    if case["kind"] != "options-rejected":
        return f"refused: {error}"
    return same_errors(error, case["observed_errors"])


def ruleset_function(case: Mapping[str, Any]) -> str | None:
    function = functions.find(case["function"])
    if function is None:
        return f"there is no function {case['function']}"
    return _called(function, case)


def _called(function: Function, case: Mapping[str, Any]) -> str | None:
    documents = load(parse(compact(case["input"]), tolerant=True))
    names = frozenset(name for name in FORMATS if _has_format(case, name))
    context = Context(tuple(case["context_path"] or ()), case["input"], documents, names)
    found = list(function.prepare(case["options"] or {})(documents.root.value, context) or ())
    ours = Counter("/".join(map(str, _whole(problem, context))) for problem in found)
    theirs = Counter("/".join(map(str, result.get("path", context.path))) for result in case["observed"])
    return (
        None if ours == theirs else f"expected {sorted(theirs.elements())}, found {sorted(ours.elements())}"
    )


def _whole(problem: Problem, context: Context) -> tuple[str | int, ...]:
    return (*context.path, *problem.below) if problem.at is None else problem.at


_FORMAT_TITLES = {"OpenAPI": "oas", "AsyncAPI": "aas", "Arazzo": "arazzo"}


def _has_format(case: Mapping[str, Any], name: str) -> bool:
    """The cases name formats by their titles: `OpenAPI 3.0.x`."""
    for title in case["formats"] or ():
        kind, _, version = title.partition(" ")
        number = version.removesuffix(" (Swagger)").replace("2.0", "2") if kind == "OpenAPI" else version
        short = _FORMAT_TITLES.get(kind, "") + number.split(".x")[0]
        if canonical(short) == name or canonical(short.replace(".", "_")) == name:
            return True
    return False


def engine(case: Mapping[str, Any]) -> str | None:
    return _ENGINE[case["kind"]](case)


def _format(case: Mapping[str, Any]) -> str | None:
    name = canonical(case["format"])
    if name is None:
        return f"there is no format {case['format']}"
    document = case["document"]
    found = isinstance(document, dict) and FORMATS[name](document)
    return None if found == case["expected"] else f"says {found}"


def _lint_targets(case: Mapping[str, Any]) -> str | None:
    value = _with_undefined(case["input"])
    found = parse_field(case["field"]).targets(value)
    ours = [([str(part) for part in path], None if target is UNDEFINED else target) for path, target in found]
    theirs = [(target["path"], target["value"]) for target in case["expected"]]
    return None if ours == theirs else f"found {ours}"


def _with_undefined(value: Any) -> Any:
    if isinstance(value, dict):
        marked = value.get("__undefined") is True
        return UNDEFINED if marked else {key: _with_undefined(child) for key, child in value.items()}
    return [_with_undefined(child) for child in value] if isinstance(value, list) else value


def _message(case: Mapping[str, Any]) -> str | None:
    values = dict(case["vars"])
    if values.pop("value_undefined", False):
        values["value"] = UNDEFINED
    found = fill(case["template"], values)
    return None if found == case["expected"] else f"gives {found!r}"


_PRINTERS = {"dot": dotted, "pointer": pointer, "escapedPointer": escaped_pointer}


def _print_path(case: Mapping[str, Any]) -> str | None:
    found = _PRINTERS[case["style"]](case["path"])
    return None if found == case["expected"] else f"gives {found!r}"


def _print_value(case: Mapping[str, Any]) -> str | None:
    found = brief(case["value"])
    return None if found == case["expected"] else f"gives {found!r}"


_ENGINE = {
    "format": _format,
    "lint-targets": _lint_targets,
    "message": _message,
    "print-path": _print_path,
    "print-value": _print_value,
}
