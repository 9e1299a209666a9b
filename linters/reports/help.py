"""What a rule says for itself, as far as a report shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linters.lint import Ruleset


@dataclass(frozen=True, slots=True)
class RuleHelp:
    """One rule: a sentence, its reason, a good and a bad YAML snippet, and where to read on.

    Whatever a ruleset leaves out is empty. `url` is an absolute URL.
    """

    code: str
    description: str = ""
    severity: str = "warn"
    why: str = ""
    good: str = ""
    bad: str = ""
    url: str = ""
    area: str = ""

    def as_markdown(self) -> str:
        parts = [self.description, self.why]
        parts += [f"Good:\n\n```yaml\n{self.good.rstrip()}\n```"] if self.good else []
        parts += [f"Bad:\n\n```yaml\n{self.bad.rstrip()}\n```"] if self.bad else []
        parts += [f"Source: <{self.url}>"] if self.url else []
        return "\n\n".join(part for part in parts if part)

    def as_text(self) -> str:
        parts = [self.description, self.why]
        parts += [f"Good:\n{self.good.rstrip()}"] if self.good else []
        parts += [f"Bad:\n{self.bad.rstrip()}"] if self.bad else []
        return "\n\n".join(part for part in parts if part)


def help_of(ruleset: Ruleset) -> dict[str, RuleHelp]:
    """The help of every rule that runs, by its code; rules of other houses have little more than a sentence."""
    return {
        rule.name: RuleHelp(
            code=rule.name,
            description=rule.description or "",
            severity=rule.severity.label if rule.severity is not None else "hint",
            why=_text(rule.documentation, "why").strip(),
            good=_text(rule.documentation, "good"),
            bad=_text(rule.documentation, "bad"),
            url=_url(rule.documentation_url) or _url(_text(rule.documentation, "source")),
            area=_text(rule.documentation, "area"),
        )
        for rule in ruleset.running
    }


def _text(documentation: Mapping[str, Any], key: str) -> str:
    value = documentation.get(key, "")
    return value if isinstance(value, str) else ""


def _url(text: str | None) -> str:
    """A source may also be a book or a paragraph; only what can be followed is a link."""
    return text if text is not None and re.fullmatch(r"https?://[^\s\x00-\x20\x7f-\x9f]+", text) else ""
