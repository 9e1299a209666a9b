"""What an entry of `extends` means: a ruleset with a name, or a file that is read and parsed."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts.document import parse
from contracts.errors import ContractError
from contracts.pointers import Path
from contracts.references.names import absolute
from linters.lint.errors import RulesetError

from .module.recognition import is_module

Definition: TypeAlias = Mapping[str, Any]
Read: TypeAlias = Callable[[str, str], bytes]
"""A file by its name as written and the name of the ruleset that names it; raises ContractError."""
Named: TypeAlias = "Mapping[str, Definition] | Callable[[str], Definition]"
"""A ruleset by its name; KeyError or ContractError where there is none of that name."""

_PACKAGE = re.compile(r"(?:@[\w.~-]+/)?[\w~-][\w.~-]*")
_FILE = re.compile(r".*\.(?:json|ya?ml|[mc]?[jt]s)")


@dataclass(frozen=True, slots=True)
class Sources:
    """Where rulesets come from."""

    read: Read | None
    named: Named | None

    def find(self, reference: str | Definition, source: str, path: Path) -> tuple[Definition, str]:
        """The ruleset that the one called `source` extends at `path`, and its name. Raises `RulesetError`."""
        if not isinstance(reference, str):
            return reference, source
        found = self._named(reference)
        if found is not None:
            return found, reference
        if self.read is None or is_name(reference):
            raise RulesetError.at(
                path,
                "unknown-ruleset",
                f"There is no ruleset called {reference!r}.",
                source,
                "A file is named with a path, like ./base.yaml.",
            )
        if _PACKAGE.fullmatch(reference) and not _FILE.fullmatch(reference):
            raise RulesetError.at(
                path,
                "unknown-ruleset",
                f"The npm package {reference!r} is none that Lading has a ruleset for.",
                source,
                f"Where it is installed, name its file: ./node_modules/{reference}/….",
            )
        try:
            content = self.read(reference, source)
        except ContractError as error:
            raise RulesetError.at(path, "unreadable-ruleset", error.message, source, error.advice) from error
        name = beside(source, reference)
        return parsed(content, name), name

    def _named(self, name: str) -> Definition | None:
        if self.named is None:
            return None
        if isinstance(self.named, Mapping):
            return self.named.get(name)
        try:
            return self.named(name)
        except KeyError:
            return None
        except ContractError:
            if is_name(name):
                raise
            return None


def is_name(reference: str) -> bool:
    """`spectral:oas` is a name, `./base.yaml` and `https://…` are not."""
    return ":" in reference and "/" not in reference and "." not in reference.partition(":")[0]


def beside(source: str, reference: str) -> str:
    """The name of a file that the ruleset `source` refers to: files and addresses are both relative to it."""
    if "://" in reference:
        return reference
    if "://" in source:
        return absolute(reference, source)
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), reference))


def parsed(content: bytes, source: str) -> Definition:
    """The ruleset in a text. Rulesets are read forgivingly: people leave commas in JSON."""
    if is_module(source, content):
        from .module.definition import read_module  # few rulesets are modules

        return read_module(content, source)
    try:
        # Without the name, text that begins like JSON may still be YAML in flow style.
        document = parse(content)
    except ContractError as error:
        raise RulesetError(
            "unreadable-ruleset", error.message, source, error.line, error.column, error.pointer, error.advice
        ) from error
    if not isinstance(document.value, dict):
        raise RulesetError.at(
            (), "invalid-ruleset-definition", "A ruleset is a mapping with 'rules' or 'extends'.", source
        )
    return document.value
