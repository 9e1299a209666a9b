from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from registry.domain.errors import Invalid
from registry.services.signing import FILE, Signer


def test_what_is_signed_verifies_with_the_public_keys(signer: Signer) -> None:
    text = signer.sign(b'{"a":1}')
    keys = KeySet.import_key_set(signer.public_keys())  # type: ignore[arg-type]
    found = jws.deserialize_compact(text, keys, algorithms=["EdDSA"])
    assert found.payload == b'{"a":1}'
    assert found.headers()["kid"] == signer.kid
    head, body, signature = text.split(".")
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(f"{head}.{body[:-2]}AA.{signature}", keys, algorithms=["EdDSA"])


def test_the_public_keys_hold_nothing_private(signer: Signer) -> None:
    assert "d" not in signer.public_keys()["keys"][0]


def test_the_key_stays_and_only_we_can_read_it(tmp_path: Path) -> None:
    first = Signer.load(tmp_path / "keys")
    assert Signer.load(tmp_path / "keys").kid == first.kid
    assert stat.S_IMODE((tmp_path / "keys" / FILE).stat().st_mode) == 0o600
    assert "d" in json.loads((tmp_path / "keys" / FILE).read_text())


def test_processes_that_start_at_once_get_the_same_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        kids = set(pool.map(lambda _: Signer.load(tmp_path / "keys").kid, range(8)))
    assert len(kids) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [FILE]


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("{")
    with pytest.raises(Invalid, match="backup"):
        Signer.load(tmp_path)


def test_what_was_signed_for_one_purpose_serves_no_other(signer: Signer) -> None:
    assert signer.verify(signer.sign(b"x", "one"), "one") == b"x"
    assert signer.verify(signer.sign(b"x", "one"), "other") is None
    assert signer.verify("no.jws.atall", "one") is None
    assert signer.verify("", "one") is None
