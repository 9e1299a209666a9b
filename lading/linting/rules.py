"""Which ruleset is meant: one of ours by its name, or one in a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from lading.files import below, read_bytes
from lading.outcome import CouldNotTell
from linters.lint import Ruleset, load_ruleset
from policies import rulesets


def find_ruleset(wanted: str) -> Ruleset:
    """The ruleset of a name or in a file, which may extend both. Raises `ContractError` or `CouldNotTell`."""
    if wanted in rulesets.names():
        return rulesets.load(wanted)
    path = Path(wanted)
    if not path.exists():
        if path.suffix or os.sep in wanted:
            raise CouldNotTell(f"there is no ruleset {wanted}.", f"Name a file, or one of {_known()}.")
        return rulesets.load(wanted)  # says which name was meant
    return load_ruleset(
        read_bytes(path), source=path.as_posix(), read=_reader(path), named=rulesets.definition
    )


def _reader(path: Path) -> Callable[[str, str], bytes]:
    """Reads what a ruleset extends: below the working folder, or below its own where it lies elsewhere."""
    here, folder = Path.cwd(), Path(os.path.abspath(path)).parent
    retrieve = below(here if folder.is_relative_to(here) else folder, here)

    def read(name: str, named_by: str) -> bytes:
        return retrieve(name if "://" in name else os.path.join(os.path.dirname(named_by), name))

    return read


def _known() -> str:
    return ", ".join(rulesets.names())
