"""Replays what Spectral's own tests, and the release itself, say about documents and rulesets.

The wording of built-in rules and functions is Lading's own and not compared; code, path, severity and range are,
and so is a ruleset's own message where it does not quote a function's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError, UnresolvableReference
from contracts.references import DocumentSet
from contracts.references.loading import load
from linters.lint import Context, Finding, Function, Problem, Ruleset, functions, lint, load_ruleset
from linters.lint.errors import ScriptError
from linters.lint.fields import parse_field
from linters.lint.formats import FORMATS, canonical
from linters.lint.javascript import UNDEFINED
from linters.lint.jsonpath import matches
from linters.lint.jsonpath import parse as parse_path
from linters.lint.messages import fill
from linters.lint.printing import brief, dotted, escaped_pointer, pointer

from . import spectral_scenarios
from .results import CaseResult, judged, skipped

_RULESETS = ("spectral:asyncapi", "spectral:oas", "spectral:arazzo")
_QUOTES_FUNCTION = re.compile(r"\{\{.*(error|print).*\}\}")


def replay(data: Path) -> Iterator[CaseResult]:
    """Every case of the folder, set by set; a set whose file is not there is left out."""
    owasp_file = data / "owasp-ruleset.json"
    owasp = json.loads(owasp_file.read_text()) if owasp_file.is_file() else {}
    judges: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
        "rules": _rule,
        "owasp": lambda case: _owasp(case, owasp),
        "functions": _function,
        "ruleset-functions": _ruleset_function,
        "engine": _engine,
        "custom": _custom,
        "scenarios": spectral_scenarios.judge,
    }
    for name, judge in judges.items():
        for case in _cases(data / f"{name}.jsonl"):
            if name == "owasp" and not case.get("core_functions_only", True):
                yield skipped(name, case["id"], "the data says that this rule needs a JavaScript function")
                continue
            yield judged(name, case["id"], lambda case=case, judge=judge: judge(case))  # type: ignore[misc]
    for case in _cases(data / "owasp.jsonl"):
        yield judged("owasp-own", f"{case['id']}#own", lambda case=case: _linted(case, _only(case["rule"])))  # type: ignore[misc]
    yield from _jsonpath(data)
    yield from _documents(data, owasp)


def _cases(file: Path) -> Iterator[dict[str, Any]]:
    if file.is_file():
        with file.open(encoding="utf-8") as lines:
            yield from (json.loads(line) for line in lines)


# -- documents and rulesets ---------------------------------------------------------------------------


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


# -- the sets -------------------------------------------------------------------------------------------


def _rule(case: Mapping[str, Any]) -> str | None:
    definition = {"extends": [[name, "off"] for name in _RULESETS], "rules": {case["rule"]: True}}
    return _linted(case, loaded(definition))


def _owasp(case: Mapping[str, Any], owasp: Mapping[str, Any]) -> str | None:
    return _linted(case, loaded({"extends": [[owasp, "off"]], "rules": {case["rule"]: True}}))


_OWN_OWASP = "owasp:api-security"


def _only(rule: str) -> Ruleset:
    return loaded({"extends": [[_OWN_OWASP, "off"]], "rules": {rule: True}})


def _own_owasp(owasp: Mapping[str, Any]) -> Mapping[str, Any]:
    """Our ruleset without the rules that the data leaves out because they need JavaScript."""
    others = set(builtin(_OWN_OWASP)["rules"]) - set(owasp.get("rules", {}))
    return {"extends": _OWN_OWASP, "rules": dict.fromkeys(others, "off")}


def _linted(case: Mapping[str, Any], ruleset: Ruleset) -> str | None:
    documents = document_set(
        compact(case["document"]), case.get("source", ""), case.get("files", {}), case.get("remote", {})
    )
    return difference(lint(documents, ruleset), case["observed"])


def _function(case: Mapping[str, Any]) -> str | None:
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
    return _same_errors(error, case["observed_errors"])


def _same_errors(error: ContractError, expected: list[dict[str, Any]]) -> str | None:
    """Codes and paths; an error that has only a message stands for any."""
    ours = [(e.code, "/".join(map(str, e.path))) for e in getattr(error, "all", ())]
    theirs = [(e["code"], "/".join(map(str, e.get("path", ()))).strip("/")) for e in expected if "code" in e]
    if len(theirs) < len(expected) or sorted(set(ours)) == sorted(set(theirs)):
        return None
    return f"expected {theirs}, refused with {ours}"


def _ruleset_function(case: Mapping[str, Any]) -> str | None:
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


def _engine(case: Mapping[str, Any]) -> str | None:
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


def _custom(case: Mapping[str, Any]) -> str | None:
    text = case["text"].encode() if "text" in case else compact(case["document"])
    files = case.get("files", {})
    try:
        ruleset = loaded(compact(case["ruleset"]), "ruleset.json", files)
    except ContractError as error:
        return (
            _same_errors(error, case["ruleset_errors"]) if "ruleset_errors" in case else f"refused: {error}"
        )
    if "ruleset_errors" in case:
        return "the ruleset should be refused, and was accepted"
    documents = document_set(text, case["source"], files, {})
    try:
        found = lint(documents, ruleset)
    except ContractError as error:
        return None if "run_errors" in case else f"failed: {error}"
    if "run_errors" in case:
        return "the run should fail, and did not"
    observed = [{"source": case["source"], **finding} for finding in case["observed"]]
    messages = {name: _own_message(rule.message, rule.description) for name, rule in ruleset.rules.items()}
    return difference(found, observed, messages)


def _own_message(message: str | None, description: str | None) -> bool:
    if message is None:
        return description is not None
    return not _QUOTES_FUNCTION.search(message)


def _jsonpath(data: Path) -> Iterator[CaseResult]:
    file = data / "jsonpath-documents.json"
    documents = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    for case in _cases(data / "jsonpath.jsonl"):
        document = documents[case["document"]]
        yield judged("jsonpath", case["id"], lambda case=case, document=document: _matches(case, document))  # type: ignore[misc]


def _matches(case: Mapping[str, Any], document: Any) -> str | None:
    try:
        found = matches(document, parse_path(case["expression"]))
    except ScriptError as error:
        return None if case["outcome"] in ("error", "rejected") else f"failed: {error}"
    if case["outcome"] != "matches":
        return f"should be an error ({case['message']}), found {len(found)} matches"
    ours = sorted(([str(part) for part in match.path], _scalar(match.value)) for match in found)
    theirs = sorted((match["path"], _scalar(match.get("value"))) for match in case["matches"])
    if ours == theirs:
        return None
    return f"expected {theirs[:5]}, found {ours[:5]}"


def _scalar(value: Any) -> str:
    return "" if isinstance(value, dict | list) or value is None else json.dumps(value)


def _documents(data: Path, owasp: Mapping[str, Any]) -> Iterator[CaseResult]:
    for file in sorted((data / "documents").glob("*.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        for name, run in record["runs"].items():
            case = f"{record['id']}#{name}"
            content = _corpus_file(data, record["file"])
            if content is None or hashlib.sha256(content).hexdigest() != record["sha256"]:
                yield skipped("documents", case, f"the corpus has no such file: {record['file']}")
                continue
            yield judged("documents", case, lambda r=record, run=run: _document(data, r, run, owasp))  # type: ignore[misc]
            if name == "owasp":
                own = _own_owasp(owasp)
                yield judged(
                    "owasp-own",
                    f"{case}-own",
                    lambda r=record, run=run, own=own: _document(data, r, run, own),
                )  # type: ignore[misc]


def _corpus_file(data: Path, name: str) -> bytes | None:
    for folder in (data.parent.parent / "corpus", *_CORPORA):
        if (folder / name).is_file():
            return (folder / name).read_bytes()
    return None


_CORPORA = (Path(__file__).resolve().parents[3] / "shared" / "corpus",)


def _document(
    data: Path, record: Mapping[str, Any], run: Mapping[str, Any], owasp: Mapping[str, Any]
) -> str | None:
    ruleset = loaded(owasp if run["ruleset"] == "owasp-ruleset.json" else run["ruleset"])

    def retrieve(name: str) -> bytes:
        content = _corpus_file(data, name)
        if content is None:
            raise UnresolvableReference("reference-outside", "", name)
        return content

    content = _corpus_file(data, record["file"])
    assert content is not None
    document = parse(content, record["file"], tolerant=True)
    return difference(lint(load(document, retrieve), ruleset), run["findings"])
