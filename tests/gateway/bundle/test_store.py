import asyncio
from pathlib import Path

import pytest

from gateway.bundle.store import Store, digest_of, write_whole
from gateway.malformed import Malformed


def test_what_is_kept_is_found_by_another_process(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.bundle() is None
    assert store.keys() is None
    store.keep_bundle(b"token")
    store.keep_keys({"keys": []})
    store.keep_content(digest_of(b"a"), b"a")
    again = Store(tmp_path)
    assert (again.bundle(), again.keys(), again.content(digest_of(b"a"))) == (b"token", {"keys": []}, b"a")


def test_contents_are_what_their_digest_says(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(Malformed):
        store.keep_content(digest_of(b"a"), b"b")
    store.keep_content(digest_of(b"a"), b"a")
    (tmp_path / "contents" / digest_of(b"a").removeprefix("sha256:")).write_bytes(b"damaged")
    assert store.content(digest_of(b"a")) is None


def test_what_is_not_needed_goes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for raw in (b"a", b"b"):
        store.keep_content(digest_of(raw), raw)
    store.prune([digest_of(b"b")])
    assert store.content(digest_of(b"a")) is None
    assert store.content(digest_of(b"b")) == b"b"


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_only_one_process_at_a_time_is_within(tmp_path: Path) -> None:
    inside = 0

    async def work(store: Store) -> None:
        nonlocal inside
        async with store.alone():
            inside += 1
            assert inside == 1
            await asyncio.sleep(0.01)
            inside -= 1

    async def scenario() -> None:
        # Locks are of descriptors, so that two in one process stand for two processes.
        await asyncio.gather(*(work(Store(tmp_path)) for _ in range(5)))

    asyncio.run(scenario())
