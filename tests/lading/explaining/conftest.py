from __future__ import annotations

import pytest

from policies.rulesets import Mending, Rule

EVIL = "\x1b[2J<script>alert(1)</script>\n# x\n| a `b` @all [l](javascript:x) ```\n::error::x \u202e"


@pytest.fixture
def rule() -> Rule:
    return Rule(
        code="house-trace", area="house", description="Calls can be `traced`.", message="Say so.", severity="error",
        recommended=False, formats=("oas3", "aas3"), why="Nobody can follow a call without.", good="a: 1\n",
        bad="b: 2\n", source="https://example.com/why",
        fixes=(Mending("Trace it", "safe"), Mending("Say how", "draft")),
    )  # fmt: skip


@pytest.fixture
def bare() -> Rule:
    """What a rule of somebody else's ruleset often is: a code."""
    return Rule("theirs", "theirs.yaml", "", "", "warn", True, (), "", "", "", "")


@pytest.fixture
def hostile() -> Rule:
    return Rule(EVIL, EVIL, EVIL, EVIL, "warn", True, (EVIL,), EVIL, EVIL, EVIL, EVIL, (Mending(EVIL, EVIL),))
