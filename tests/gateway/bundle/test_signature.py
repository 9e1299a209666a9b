import base64
import json
from pathlib import Path

import pytest

from gateway.bundle.signature import verified
from gateway.malformed import Malformed
from tests.gateway import registry


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    registry.prepare(tmp_path)
    return tmp_path


def test_what_was_signed_is_believed(folder: Path) -> None:
    payload = verified(registry.signed(folder), registry.public_keys(folder))
    assert payload == (folder / "manifest.json").read_bytes()


def test_other_bytes_under_the_signature_are_not(folder: Path) -> None:
    head, _, signature = registry.signed(folder).split(b".")
    other = base64.urlsafe_b64encode(b'{"serial":99}').rstrip(b"=")
    with pytest.raises(Malformed):
        verified(b".".join((head, other, signature)), registry.public_keys(folder))


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_the_token_does_not_choose_the_algorithm(folder: Path, algorithm: str) -> None:
    _, payload, signature = registry.signed(folder).split(b".")
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "kid": "test"}).encode()).rstrip(b"=")
    with pytest.raises(Malformed):
        verified(b".".join((head, payload, signature)), registry.public_keys(folder))


def test_a_key_of_someone_else(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    registry.prepare(other)
    with pytest.raises(Malformed):
        verified(registry.signed(folder), registry.public_keys(other))


@pytest.mark.parametrize("token", [b"", b"a.b", b"a.b.c", b"\xff\xff"])
def test_what_is_no_token(folder: Path, token: bytes) -> None:
    with pytest.raises(Malformed):
        verified(token, registry.public_keys(folder))


def test_a_bundle_of_many_contracts_is_as_good(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["contracts"] *= 1000
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert len(verified(registry.signed(folder), registry.public_keys(folder))) > 256 * 1024
