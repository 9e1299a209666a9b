"""What a rule says for itself, as far as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass


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
