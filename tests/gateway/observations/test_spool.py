import os
from pathlib import Path

import pytest

from gateway.observations.spool import InUse, Segment, Spool


def key(name: str) -> dict[str, str]:
    return {"kind": "call", "name": name}


def held(segment: Segment) -> dict[str, int]:
    return {counted.key["name"]: counted.count for counted in segment.read()}


def count(spool: Spool, name: str, times: int = 1, now: float = 1.0) -> None:
    for _ in range(times):
        spool.count(name, lambda: key(name), now)


def test_counts_by_key_with_first_and_last_time(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    count(spool, "a", 2, 10.0)
    count(spool, "b", 1, 11.0)
    count(spool, "a", 1, 12.0)
    spool.seal()
    (segment,) = spool.sealed
    assert [(entry.key["name"], entry.count, entry.first, entry.last) for entry in segment.read()] == [
        ("a", 3, 10.0, 12.0),
        ("b", 1, 11.0, 11.0),
    ]


def test_what_is_known_is_counted_again_without_its_description(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert not spool.again("a", 1.0)
    count(spool, "a", 1, 1.0)
    assert spool.again("a", 2.0)
    spool.seal()
    assert not spool.again("a", 3.0)
    assert held(spool.sealed[0]) == {"a": 2}


def test_what_a_dead_process_counted_is_found_under_the_same_batch(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        count(Spool(tmp_path), "a", 5)
        os._exit(9)  # no seal, no flush: as if it was killed
    os.waitpid(child, 0)
    first = Spool(tmp_path)
    (segment,) = first.sealed
    assert held(segment) == {"a": 5}
    count(first, "b")
    first.close()
    second = Spool(tmp_path)
    assert next(entry.batch for entry in second.sealed) == segment.batch
    assert [held(entry) for entry in second.sealed] == [{"a": 5}, {"b": 1}]


def test_a_line_that_was_cut_off_is_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    count(spool, "a")
    spool.close()
    with spool.sealed[0].keys.open("ab") as file:
        file.write(b'{"kind":"ca')
    assert held(Spool(tmp_path).sealed[0]) == {"a": 1}


def test_a_full_segment_is_sealed_and_the_next_begun(tmp_path: Path) -> None:
    spool = Spool(tmp_path, slots=2)
    for name in ("a", "b", "c", "a"):
        count(spool, name)
    spool.seal()
    assert [held(entry) for entry in spool.sealed] == [{"a": 1, "b": 1}, {"c": 1, "a": 1}]


def test_what_there_is_no_room_for_is_counted_as_dropped(tmp_path: Path) -> None:
    spool = Spool(tmp_path, slots=1, most=1)
    for name in ("a", "b", "c"):
        count(spool, name)
    assert spool.dropped == 2


def test_what_was_sent_is_gone_and_what_was_refused_is_kept_aside(tmp_path: Path) -> None:
    spool = Spool(tmp_path, slots=1)
    count(spool, "a")
    count(spool, "b")
    spool.seal()
    first, second = spool.sealed
    spool.forget(first)
    spool.set_aside(second)
    assert spool.sealed == []
    assert len(list((tmp_path / "refused").iterdir())) == 2
    spool.close()
    assert Spool(tmp_path).sealed == []


def test_one_process_at_a_time(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    with pytest.raises(InUse):
        Spool(tmp_path)
    spool.close()
    Spool(tmp_path).close()


def test_a_folder_that_cannot_be_written_drops_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    count(spool, "a")
    assert (spool.dropped, spool.problem) == (1, "No space left on device")
    monkeypatch.undo()
    count(spool, "a")
    assert spool.pending == 1
