"""Fingerprints: the same finding in the next run, wherever its line has moved."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from contracts.pointers import to_pointer
from linters.lint import Finding


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding with 32 hexadecimal digits over its rule, file, pointer and message.

    Lines are left out on purpose. Findings that are alike in all of this are numbered, so that no
    fingerprint occurs twice in one report.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        parts = (finding.code, finding.source, to_pointer(finding.path), finding.message)
        seen[parts] += 1
        yield finding, fingerprint(*parts, *([str(seen[parts])] if seen[parts] > 1 else ()))


def fingerprint(*parts: str) -> str:
    """32 hexadecimal digits that stand for these parts."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
