"""Policies and gate profiles, by a name of ours or from a file of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from contracts.errors import ContractError
from linters.diff import CompatPolicy
from linters.gate import Profile
from policies import profiles

from .files import read_bytes
from .outcome import CouldNotTell

LIST = "?"
"""What is given for a name to see them all."""
_ENDINGS = (".yaml", ".yml", ".json")


def policy(name: str) -> CompatPolicy:
    """Raises `ContractError` for a policy that is none, `CouldNotTell` where there is no such file."""
    if not _is_file(name):
        return profiles.policy(name)
    return profiles.policy_from(Path(name).name, _beside(Path(name)))


def profile(name: str) -> Profile:
    """Raises as `policy` does."""
    if not _is_file(name):
        return profiles.load(name)
    return profiles.load_from(Path(name).name, _beside(Path(name)))


def is_ours(name: str) -> bool:
    """Whether it is a name that others know as well, and no file here."""
    return not _is_file(name)


def listed() -> str:
    """Every compatibility policy with what it is for, a line each."""
    told = profiles.described()
    width = max(len(one.name) for one in told)
    lines = [f"{one.name:{width}}  {one.description}" for one in told]
    return "\n".join((*lines, "", "Or name a YAML file of your own, which may extend one of these.")) + "\n"


def _is_file(name: str) -> bool:
    return name.endswith(_ENDINGS)


def _beside(path: Path) -> Callable[[str], bytes]:
    def retrieve(name: str) -> bytes:
        if not _is_file(name):
            known = ", ".join(profiles.policies())
            raise ContractError(
                "unknown-compatibility-policy", f"There is no compatibility policy {name!r}.",
                advice=f"Known are {known}; a file of your own ends with .yaml.",
            )  # fmt: skip
        try:
            return read_bytes(path.parent / name)
        except CouldNotTell as error:
            raise ContractError("no-such-file", error.message, str(path), advice=error.advice) from None

    return retrieve
