"""What is found without a rule, documented like a rule: broken text and references, and stale exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from contracts.document import parse

from .rules import Rule

AREA = "document"


@cache
def engine_rules() -> Mapping[str, Rule]:
    """By code. Where a snippet would say nothing that the sentence does not, there is none."""
    stanzas = parse((Path(__file__).parents[1] / "engine.yaml").read_bytes(), "engine.yaml").value
    return {
        code: Rule(
            code=code,
            area=AREA,
            description=stanza["description"],
            message="",
            severity=stanza["severity"],
            recommended=True,
            formats=(),
            why=stanza["why"].strip(),
            good=stanza.get("good", ""),
            bad=stanza.get("bad", ""),
            source=stanza.get("source", ""),
        )
        for code, stanza in stanzas.items()
    }
