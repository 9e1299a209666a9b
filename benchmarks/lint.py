"""`lading lint` as people start it, on large documents that other people published, beside Spectral.

Each run is a process of its own, so that starting up, reading and writing the report count.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml

from .processes import PATIENCE, Run, lading, run

DOCUMENTS = (
    "stripe-spec3@2023-08-09.yaml",
    "github-rest-1.1.4.yaml",
    "digitalocean-bundled@2026-08-07.yaml",
    "kubernetes-swagger@2018-03-09.json",
)
GROWN = "xero/xero-accounting@2026-07-13.yaml"
FACTORS = (1, 2, 4, 8)
_RULESET = "extends: [[spectral:oas, all]]\n"
_SMALL = "openapi: 3.0.3\ninfo: {title: Orders, version: 1.0.0}\npaths: {}\n"
_NAMED = ("schemas", "parameters", "responses", "examples", "headers", "requestBodies")


def measure(corpus: Path, *, quick: bool = False) -> Iterator[Run]:
    """Start-up, then each document by each tool, then one document at several times its size."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "ruleset.yaml").write_text(_RULESET)
        (work / "small.yaml").write_text(_SMALL)
        _run("lading lint", work, work / "small.yaml", _lint(work / "small.yaml"))  # compiles modules, once
        yield _run("lading --version", work, None, [*lading(), "--version"])
        yield _run("lading lint", work, work / "small.yaml", _lint(work / "small.yaml"))
        documents = [corpus / "openapi" / "general" / name for name in DOCUMENTS]
        for document in documents[: 1 if quick else None]:
            yield _run("lading lint", work, document, _lint(document))
        spectral = _spectral(work)
        if isinstance(spectral, str):
            yield Run("Spectral", "", 0.0, said=spectral)
        else:
            for document in documents[: 1 if quick else None]:
                yield _run("Spectral", work, document, [*spectral, str(document)])
        if not quick:
            yield from _growth(work, corpus / "openapi" / GROWN)


def _growth(work: Path, document: Path) -> Iterator[Run]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    value = yaml.load(document.read_bytes(), Loader=loader)
    for factor in FACTORS:
        large = work / f"{factor}-times.yaml"
        dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
        large.write_text(yaml.dump(grown(value, factor), Dumper=dumper, sort_keys=False, allow_unicode=True))
        yield _run("lading lint, grown", work, large, _lint(large))
        large.unlink()


def grown(value: dict[str, object], factor: int) -> dict[str, object]:
    """The document with all paths and components so many times, the copies under names of their own."""
    paths: dict[str, object] = {}
    components: dict[str, dict[str, object]] = {}
    held = value.get("components")
    for number in range(factor):
        mark = f"-{number}" if number else ""
        given = value.get("paths")
        for path, item in (given if isinstance(given, dict) else {}).items():
            paths[f"/{number}{path}" if number else path] = _renamed(item, mark)
        for kind, named in (held if isinstance(held, dict) else {}).items():
            into = components.setdefault(kind, {})
            for name, one in named.items():
                into[f"{name}{mark}" if kind in _NAMED else name] = _renamed(one, mark)
    return {**value, "paths": paths, "components": components}


def _renamed(value: object, mark: str) -> object:
    """A part with its references led to the copies, and its operations told apart."""
    if isinstance(value, dict):
        return {
            key: f"{child}{mark}"
            if key in ("$ref", "operationId") and isinstance(child, str)
            else _renamed(child, mark)
            for key, child in value.items()
        }
    return [_renamed(item, mark) for item in value] if isinstance(value, list) else value


def _lint(document: Path) -> list[str]:
    return [*lading(), "lint", str(document), "--ruleset", "ruleset.yaml", "--format", "text"]


def _spectral(work: Path) -> list[str] | str:
    """How Spectral is started, installed by npm for this run; or why it is not."""
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not there"
    try:
        subprocess.run(
            [npm, "install", "--silent", "--prefix", str(work), "@stoplight/spectral-cli"],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"npm could not install it ({type(error).__name__})"
    (work / "spectral.yaml").write_text('extends: [["spectral:oas", all]]\n')
    spectral = work / "node_modules" / ".bin" / "spectral"
    return [str(spectral), "lint", "--ruleset", str(work / "spectral.yaml"), "--format", "json", "--quiet"]


def _run(tool: str, work: Path, document: Path | None, command: Sequence[str]) -> Run:
    return run(tool, work, document, command, _findings)


def _findings(written: str) -> int:
    """How many findings a report holds: Spectral's JSON, or the sum in the last line but one of ours."""
    if written.lstrip().startswith("["):
        return written.count('"code":')
    return sum(
        int(number.replace(",", ""))
        for number in re.findall(r"([\d,]+) (?:errors?|warnings?|for information|hints?)\b", written[-400:])
    )
