from __future__ import annotations

import re
from pathlib import Path

import pytest

from lading.commands.token import PURPOSES, Purpose
from tests.lading.conftest import Lading


def test_a_token_is_shown_once_and_never_listed(filled: Path, lading: Lading) -> None:
    made = lading("token", "issue", "gateway-1", "--for", "gateway")
    assert made.code == 0
    text = made.out.strip()
    assert re.fullmatch(r"lt_[a-z0-9]{8}_\S{20,}", text)
    assert "shown once" in made.err
    listed = lading("token", "list")
    assert "gateway-1" in listed.out
    assert text.split("_", 2)[2] not in listed.out


@pytest.mark.parametrize("purpose", list(Purpose))
def test_a_purpose_stands_for_its_scopes_and_takes_more(
    purpose: Purpose, filled: Path, lading: Lading
) -> None:
    made = lading("token", "issue", "one", "--for", purpose, "--scope", "audit:read", "--format", "json").json
    assert set(made["token"]["scopes"]) == {*map(str, PURPOSES[purpose]), "audit:read"}


def test_a_token_without_scopes_is_not_made(filled: Path, lading: Lading) -> None:
    assert lading("token", "issue", "nothing").code == 2
    unknown = lading("token", "issue", "nothing", "--scope", "everything")
    assert unknown.code == 2
    assert "everything" in unknown.err
    assert "no token" in lading("token", "list").out


def test_a_revoked_token_ends_and_says_since_when(filled: Path, lading: Lading) -> None:
    text = lading("token", "issue", "ci", "--for", "ci", "--days", "30").out.strip()
    revoked = lading("token", "revoke", text, "--format", "json").json
    assert revoked["revoked_at"]
    assert lading("token", "revoke", "xxxxxxxx").code == 2
