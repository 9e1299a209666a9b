from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from registry.domain.waivers import Waiver, WaiverState

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ONE = Waiver(
    1, "erp/orders", "auth-stated", None, None, None, "Agreed.", date(2027, 1, 1), WaiverState.REQUESTED, "olga", NOW,
    None, None, "", None, None,
)  # fmt: skip


def test_it_says_what_it_is_about_and_in_whose_domain() -> None:
    assert (ONE.subject, ONE.domain) == ("auth-stated", "erp")
    assert replace(ONE, rule=None, change="f" * 32).subject == f"change {'f' * 32}"
