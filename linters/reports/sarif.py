"""The parts of a SARIF 2.1.0 log that every report with places in files is made of."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from contracts.pointers import Path, to_pointer
from contracts.positions import Range
from linters.lint import Finding, Severity

from .attachments import Suppressed

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
LEVELS = {Severity.ERROR: "error", Severity.WARN: "warning", Severity.INFO: "note", Severity.HINT: "note"}


def log(run: dict[str, Any]) -> dict[str, Any]:
    """A log of one run, whose columns count UTF-16 code units and whose files lie below one folder."""
    base = {ROOT: {"description": {"text": "The folder in which Lading ran."}}}
    whole = {"columnKind": "utf16CodeUnits", "originalUriBaseIds": base, **run}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [whole]}


def driver(version: str, rules: list[dict[str, Any]]) -> dict[str, Any]:
    """Ourselves, as the tool that ran."""
    named = {"name": "Lading", "informationUri": "https://lading.example/docs"}
    return {**named, **({"semanticVersion": version} if version else {}), "rules": rules}


def result_of(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message or finding.code},
        "locations": [location(finding.source, finding.range, finding.path)],
        "partialFingerprints": {"ladingFinding/v1": fingerprint},
    }


def suppressions(one: Suppressed | None) -> list[dict[str, Any]]:
    if one is None:
        return []
    suppression = {"kind": one.kind, "status": "accepted"}
    return [{**suppression, "justification": one.reason} if one.reason else suppression]


def location(source: str, place: Range, path: Path) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": artifact(source), "region": region(place)}
    }
    if path:
        whole["logicalLocations"] = [{"fullyQualifiedName": to_pointer(path)}]
    return whole


def region(place: Range) -> dict[str, int]:
    """SARIF counts lines and columns from 1, and the end column is the one behind the last (section 3.30)."""
    start, end = place.start, max(place.start, place.end)
    return {
        "startLine": start.line + 1,
        "startColumn": start.character + 1,
        "endLine": end.line + 1,
        "endColumn": end.character + 1,
    }


def artifact(source: str) -> dict[str, str]:
    if "://" in source:
        return {"uri": uri(source)}
    if source.startswith("/"):
        return {"uri": "file://" + quote(source, errors="replace")}
    # A first segment with a colon would read as a scheme (RFC 3986, section 4.2); quote() escapes it.
    return {"uri": quote(source or "stdin", errors="replace"), "uriBaseId": ROOT}


def uri(text: str) -> str:
    return quote(text, safe="/:?#[]@!$&'()*+,;=%~", errors="replace")
