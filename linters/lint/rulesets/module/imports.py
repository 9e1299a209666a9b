"""What an import stands for: names that a ruleset in YAML would write, or another file."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

_SEVERITIES = {"Error": "error", "Warning": "warn", "Information": "info", "Hint": "hint"}
_RULESETS = {"oas": "spectral:oas", "asyncapi": "spectral:asyncapi", "arazzo": "spectral:arazzo"}


@dataclass(frozen=True, slots=True)
class Foreign:
    """What another file exports: a ruleset where it is extended, a function where a rule names it.

    `member` is the name of the export, None for the default one.
    """

    origin: str
    member: str | None = None

    @property
    def name(self) -> str:
        """The file's name without its extension."""
        return posixpath.basename(self.origin).partition(".")[0]

    def get(self, name: str) -> Any:
        return self if name == "default" and self.member is None else Foreign(self.origin, name)


@dataclass(frozen=True, slots=True)
class Package:
    """One of Spectral's packages."""

    origin: str

    def get(self, name: str) -> Any:
        """What it exports by this name. KeyError where it exports nothing of the kind that Lading knows."""
        if name == "default":
            return self  # a CommonJS package as a whole, as Node.js gives it to `import x from`
        return _EXPORTS[self.origin](name)


_EXPORTS = {
    # Whether there is such a function or format is judged later, where it is used.
    "@stoplight/spectral-functions": lambda name: name,
    "@stoplight/spectral-formats": lambda name: name,
    "@stoplight/spectral-rulesets": _RULESETS.__getitem__,
    "@stoplight/types": {"DiagnosticSeverity": _SEVERITIES}.__getitem__,
}


def module(origin: str) -> Package | Foreign:
    """What `import … from` or `require` of this module gives."""
    return Package(origin) if origin in _EXPORTS else Foreign(origin)
