"""`lading diff` as people start it: large published contracts, beside oasdiff, and one contract changed in few places.

oasdiff answers another question by keyword and without a proof, and takes none of AsyncAPI; it is the one that
people use, so its figures stand beside ours. The last rows show that the cost follows the size of the change.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .processes import PATIENCE, Run, lading, run

PAIRS = (
    ("general/stripe-spec3@2023-03-06.yaml", "general/stripe-spec3@2023-08-09.yaml"),
    ("general/digitalocean-bundled@2025-05-30.yaml", "general/digitalocean-bundled@2026-08-07.yaml"),
    ("general/kubernetes-swagger@2017-06-21.json", "general/kubernetes-swagger@2018-03-09.json"),
    ("ups/ups-shipping@2025-08-20.yaml", "ups/ups-shipping@2026-07-21.yaml"),
)
CHANGED = "general/github-rest-1.1.4.yaml"
PLACES = (0, 1, 10, 100)
OASDIFF = "github.com/oasdiff/oasdiff@latest"
_LENGTH = re.compile(r"^( +)type: string$", re.MULTILINE)


def measure(corpus: Path, *, quick: bool = False) -> Iterator[Run]:
    """Each pair by each tool, then one contract against itself with changes in so many places."""
    with tempfile.TemporaryDirectory() as folder:
        work, documents = Path(folder), corpus / "openapi"
        pairs = [(documents / base, documents / revision) for base, revision in PAIRS][: 1 if quick else None]
        for base, revision in pairs:
            yield run("lading diff", work, revision, _diff(base, revision), _changes)
        oasdiff = _oasdiff(work)
        if oasdiff.endswith("there"):
            yield Run("oasdiff", "", 0.0, said=oasdiff)
        else:
            for base, revision in pairs:
                command = [oasdiff, "changelog", "--format", "json", str(base), str(revision)]
                yield run("oasdiff changelog", work, revision, command, _changes)
        if not quick:
            yield from _growth(work, documents / CHANGED)


def _growth(work: Path, base: Path) -> Iterator[Run]:
    text = base.read_text("utf-8")
    for places in PLACES:
        revision = work / f"{places}-places.yaml"
        revision.write_text(changed(text, places), "utf-8")
        yield run("lading diff, changed", work, revision, _diff(base, revision), _changes)


def changed(text: str, places: int) -> str:
    """The contract with a bound on its strings in so many places, spread over the whole of it."""
    found = list(_LENGTH.finditer(text))
    step = max(1, len(found) // max(1, places))
    for match in reversed(found[::step][:places]):
        text = f"{text[: match.end()]}\n{match[1]}maxLength: 100000{text[match.end() :]}"
    return text


def _diff(base: Path, revision: Path) -> list[str]:
    return [*lading(), "diff", str(base), str(revision), "--format", "json"]


def _changes(written: str) -> int:
    try:
        report = json.loads(written)
    except ValueError:
        return 0
    return len(report["changes"] if isinstance(report, dict) and "changes" in report else report)


def _oasdiff(work: Path) -> str:
    """Where oasdiff is, installed by Go for this run; or why it is not there."""
    if (present := shutil.which("oasdiff")) is not None:
        return present
    go = shutil.which("go")
    if go is None:
        return "neither oasdiff nor Go is there"
    try:
        environment = {**os.environ, "GOBIN": str(work)}
        subprocess.run(
            [go, "install", OASDIFF], check=True, capture_output=True, timeout=PATIENCE, env=environment
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        return f"Go could not install it ({type(error).__name__}): it is not there"
    return str(work / "oasdiff")
