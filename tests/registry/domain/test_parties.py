from __future__ import annotations

from datetime import UTC, datetime

from registry.domain.parties import Credential, IssuedKey, SystemKind


def test_a_keys_text_is_not_shown_by_accident() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    issued = IssuedKey(Credential("k1", "acme", "", now, "x", None, None, None), "lk_k1_secret")
    assert "secret" not in repr(issued)


def test_kinds_of_systems_are_those_of_a_logistics_house() -> None:
    assert {"erp", "wms", "tms", "last-mile", "carrier", "finance"} <= {str(kind) for kind in SystemKind}
