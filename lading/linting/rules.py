"""Which ruleset is meant: one of ours by its name, or one in a file or at an address."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from lading.files import below, read_bytes
from lading.outcome import CouldNotTell
from linters.lint import Ruleset, load_ruleset
from linters.lint.rulesets.sources import beside
from policies import rulesets

from .functions import finder
from .trust import Trust

_NOTHING = Trust()


def find_ruleset(wanted: str, trust: Trust = _NOTHING) -> Ruleset:
    """The ruleset of a name, in a file or at an address, which may extend all of these.

    Raises `ContractError` or `CouldNotTell`.
    """
    if rulesets.known(wanted) is not None:
        return rulesets.load(wanted)
    if "://" in wanted:
        return _loaded(_fetched(wanted, trust), wanted, Path.cwd(), trust)
    path = Path(wanted)
    if not path.exists():
        if path.suffix or os.sep in wanted:
            raise CouldNotTell(f"there is no ruleset {wanted}.", f"Name a file, or one of {_known()}.")
        return rulesets.load(wanted)  # says which name was meant
    return _loaded(read_bytes(path), path.as_posix(), path.parent, trust)


def _loaded(content: bytes, source: str, folder: Path, trust: Trust) -> Ruleset:
    return load_ruleset(
        content,
        source=source,
        read=_reader(folder, trust),
        named=rulesets.definition,
        functions=finder(trust),
    )


def _reader(folder: Path, trust: Trust) -> Callable[[str, str], bytes]:
    """Reads what a ruleset extends: below the working folder, or below its own where it lies elsewhere."""
    here, folder = Path.cwd(), Path(os.path.abspath(folder))
    retrieve = below(here if folder.is_relative_to(here) else folder, here)

    def read(name: str, named_by: str) -> bytes:
        place = beside(named_by, name)
        if "://" in place:
            return _fetched(place, trust)
        return retrieve(os.path.join(os.path.dirname(named_by), name))

    return read


def _known() -> str:
    return ", ".join(rulesets.names())


def _fetched(url: str, trust: Trust) -> bytes:
    from .remote import fetch  # an HTTP client takes longer to import than most files take to lint

    return fetch(url, trust)
