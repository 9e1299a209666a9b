from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.lading.conftest import Lading


def test_a_key_is_shown_once_and_never_listed(filled: Path, lading: Lading) -> None:
    made = lading("key", "issue", "acme-wms", "--label", "dock 7")
    assert made.code == 0
    key = made.out.strip()
    assert re.fullmatch(r"lk_[a-z0-9]{8}_\S{20,}", key)
    assert "shown once" in made.err
    listed = lading("key", "list", "acme-wms")
    assert key.split("_")[1] in listed.out
    assert "dock 7" in listed.out
    assert key.split("_", 2)[2] not in listed.out
    assert key.split("_", 2)[2] not in lading("key", "list", "acme-wms", "--format", "json").out


def test_naming_a_contract_subscribes_to_the_line_of_its_latest_version(filled: Path, lading: Lading) -> None:
    assert lading("key", "issue", "acme-wms", "--contract", "erp/orders").code == 0
    assert lading("key", "issue", "acme-wms", "--contract", "erp/orders", "--major", "1").code == 0
    unknown = lading("key", "issue", "acme-wms", "--contract", "erp/orders", "--major", "7")
    assert unknown.code == 2
    assert "7" in unknown.err


def test_a_key_may_end_by_itself(filled: Path, lading: Lading) -> None:
    assert lading("key", "issue", "acme-wms", "--days", "30").code == 0
    (made,) = lading("key", "list", "acme-wms", "--format", "json").json
    left = datetime.fromisoformat(made["expires_at"].replace("Z", "+00:00")) - datetime.now(UTC)
    assert timedelta(days=29) < left <= timedelta(days=30)
    assert lading("key", "issue", "acme-wms", "--days", "0").code == 2


@pytest.mark.parametrize("whole", [True, False])
def test_a_key_is_revoked_by_its_text_or_its_first_part(filled: Path, lading: Lading, whole: bool) -> None:
    key = lading("key", "issue", "acme-wms").out.strip()
    made = lading("key", "revoke", "acme-wms", key if whole else key.split("_")[1])
    assert made.code == 0
    assert made.out.startswith(f"acme-wms: {key.split('_')[1]} is revoked since ")
    (listed,) = lading("key", "list", "acme-wms", "--format", "json").json
    assert listed["revoked_at"]


def test_a_consumer_without_keys(called: Path, lading: Lading) -> None:
    shown = lading("key", "list", "acme-wms")
    assert (shown.code, shown.out) == (
        0,
        "acme-wms has no key. `lading key issue acme-wms` makes one.\n",
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list", "nobody"), "nobody"),
        (("revoke", "acme-wms", "k1a2b3c4"), "k1a2b3c4"),
        (("issue", "acme-wms", "--contract", "erp", "--major", "1"), "names no contract"),
        (("issue", "acme-wms", "--contract", "erp/absent"), "erp/absent"),
        (("issue", "ACME WMS"), "ACME WMS"),
        (("lend", "acme-wms"), "lend"),
    ],
)
def test_what_cannot_be_done(arguments: tuple[str, ...], words: str, called: Path, lading: Lading) -> None:
    made = lading("key", *arguments)
    assert (made.code, made.out) == (2, "")
    assert words in made.err


def test_over_http_and_away(server: str, lading: Lading, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lading("key", "issue", "acme-wms").out.startswith("lk_")
    monkeypatch.setenv("LADING_REGISTRY_URL", "http://127.0.0.1:1")
    for command in (("issue", "acme-wms"), ("list", "acme-wms"), ("revoke", "acme-wms", "k")):
        made = lading("key", *command)
        assert (made.code, "cannot be reached" in made.err) == (2, True)
