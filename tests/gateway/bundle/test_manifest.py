import json
from pathlib import Path

import pytest

from gateway.bundle.manifest import parse_manifest
from gateway.malformed import Malformed
from tests.gateway import registry


@pytest.fixture
def raw(tmp_path: Path) -> bytes:
    registry.prepare(tmp_path)
    return (tmp_path / "manifest.json").read_bytes()


def test_a_manifest_that_follows_the_schema(raw: bytes) -> None:
    manifest = parse_manifest(raw)
    assert (manifest.environment, manifest.serial, len(manifest.digests)) == ("default", 1, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "lading-bundle/2"}, "/format"),
        ({"contracts": [{}]}, "/contracts/0"),
        ({"plans": {"p": {"limit": 0, "window": 1}}}, "/plans/p/limit"),
    ],
)
def test_any_other_is_refused_with_its_place(raw: bytes, change: dict[str, object], said: str) -> None:
    with pytest.raises(Malformed, match=said):
        parse_manifest(json.dumps({**json.loads(raw), **change}).encode())


def test_a_root_has_to_be_among_the_files(raw: bytes) -> None:
    value = json.loads(raw)
    value["contracts"][0]["root"] = "other.yaml"
    with pytest.raises(Malformed, match=r"other\.yaml"):
        parse_manifest(json.dumps(value).encode())


def test_what_is_not_json_is_refused() -> None:
    with pytest.raises(Malformed):
        parse_manifest(b"{")
