from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gateway.bundle.store import Store
from gateway.rules import Rules
from gateway.traffic.auditing import Auditor
from gateway.traffic.reading import read_recording
from lading import auditing
from lading.outcome import CouldNotTell
from tests.gateway.registry import prepare, public_keys, signed
from tests.gateway.traffic.world import NOW, archive, entry
from tests.gateway.world import ORDERS


def test_the_last_days_of_operations_are_found(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    path.write_text(
        ORDERS.replace(
            "    get:\n      parameters:", "    get:\n      x-sunset: 2026-01-31\n      parameters:", 1
        )
    )
    held = auditing.from_files([path], Rules(), None)
    assert held.sunsets == {("Orders@1.2.0", "GET /orders"): date(2026, 1, 31)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\n", "describes events"),
        ("openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths: {}\n", "declares no operations"),
    ],
)
def test_what_describes_no_calls_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(CouldNotTell, match=words):
        auditing.from_files([tmp_path / "a.yaml"], Rules(), None)


def kept(folder: Path, **changes: Any) -> Path:
    """A gateway's folder with a bundle in it."""
    source, target = folder / "registry", folder / "bundle"
    prepare(source, **changes)
    store = Store(target)
    store.keep_keys(public_keys(source))
    store.keep_bundle(signed(source))
    for content in (source / "contents").iterdir():
        store.keep_content(content.name, content.read_bytes())
    return target


def test_a_bundle_is_judged_by_without_keys(tmp_path: Path) -> None:
    calls = archive(
        entry("GET", "https://api.example/erp/v1/orders", answer=[{"sku": "A", "quantity": 1}]),
        entry("GET", "https://api.example/erp/v1/orders", answer=[{}]),
    )
    held = auditing.from_bundle(kept(tmp_path))
    summary = Auditor(held.snapshot, NOW).run(read_recording(calls))
    assert summary.conforming == 1
    assert [found.operation for found in summary.violations.values()] == ["GET /orders"]


def test_a_retired_version_of_a_bundle_is_a_zombie(tmp_path: Path) -> None:
    held = auditing.from_bundle(kept(tmp_path, state="retired"))
    calls = archive(entry("GET", "https://api.example/erp/v1/orders", answer=[]))
    (found,) = Auditor(held.snapshot, NOW).run(read_recording(calls)).zombies.values()
    assert (found.contract, found.operation) == ("erp/orders@1.2.0", "GET /orders")


def test_a_bundle_that_was_tampered_with_is_not_used(tmp_path: Path) -> None:
    folder = kept(tmp_path)
    Store(folder).keep_bundle(b"a.b.c")
    with pytest.raises(CouldNotTell, match="cannot be used"):
        auditing.from_bundle(folder)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CouldNotTell, match="holds no bundle"):
        auditing.from_bundle(tmp_path / "empty")
