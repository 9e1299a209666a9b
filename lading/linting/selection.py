"""Which files are meant, and at which of them the work is."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from contracts.errors import ContractError
from lading.files import STDIN


def expand(given: Iterable[str], unread: list[ContractError]) -> Iterator[str]:
    """The files that are meant, each once; a pattern that matches nothing is not judged either."""
    seen: set[str] = set()
    for pattern in given:
        is_pattern = pattern != STDIN and glob.has_magic(pattern) and not Path(pattern).exists()
        matches = (
            sorted(filter(os.path.isfile, glob.glob(pattern, recursive=True))) if is_pattern else [pattern]
        )
        if not matches:
            unread.append(
                ContractError("no-match", f"No file matches {pattern!r}.", advice="Mend the pattern.")
            )
        for name in matches:
            if name not in seen:
                seen.add(name)
                yield name


def with_progress(names: list[str]) -> Iterator[str]:
    """Says on standard error which file it is at, where that is a terminal and there is more than one."""
    loud = len(names) > 1 and sys.stderr.isatty()
    for number, name in enumerate(names, 1):
        if loud:
            print(f"\r\x1b[Kjudging {number} of {len(names)}: {name}", end="", file=sys.stderr, flush=True)
        yield name
    if loud:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
