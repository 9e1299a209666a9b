"""Replays what Spectral's own tests, and the release itself, say about documents and rulesets.

The wording of built-in rules and functions is Lading's own and not compared; code, path, severity and range are,
and so is a ruleset's own message where it does not quote a function's.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from contracts.document import parse
from contracts.errors import ContractError, UnresolvableReference
from contracts.references.loading import load
from linters.lint import Ruleset, lint
from linters.lint.errors import ScriptError
from linters.lint.jsonpath import matches
from linters.lint.jsonpath import parse as parse_path

from . import spectral_engine, spectral_scenarios
from .results import CaseResult, judged, skipped
from .spectral_linting import builtin, compact, difference, document_set, loaded, same_errors

_RULESETS = ("spectral:asyncapi", "spectral:oas", "spectral:arazzo")


_QUOTES_FUNCTION = re.compile(r"\{\{.*(error|print).*\}\}")


def replay(data: Path) -> Iterator[CaseResult]:
    """Every case of the folder, set by set; a set whose file is not there is left out."""
    owasp_file = data / "owasp-ruleset.json"
    owasp = json.loads(owasp_file.read_text()) if owasp_file.is_file() else {}
    judges: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
        "rules": _rule,
        "owasp": lambda case: _owasp(case, owasp),
        "functions": spectral_engine.function,
        "ruleset-functions": spectral_engine.ruleset_function,
        "engine": spectral_engine.engine,
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


def _custom(case: Mapping[str, Any]) -> str | None:
    text = case["text"].encode() if "text" in case else compact(case["document"])
    files = case.get("files", {})
    try:
        ruleset = loaded(compact(case["ruleset"]), "ruleset.json", files)
    except ContractError as error:
        return same_errors(error, case["ruleset_errors"]) if "ruleset_errors" in case else f"refused: {error}"
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
