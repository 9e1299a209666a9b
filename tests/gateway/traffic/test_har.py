import io
import tracemalloc
from typing import Any

import orjson

from gateway.traffic.har import read_har
from gateway.traffic.recorded import Recorded, Unread

from .world import HAR, archive, entry


def test_an_entry_is_read_as_it_was_on_the_wire() -> None:
    with HAR.open("rb") as file:
        first, second, third, *_ = list(read_har(file))
    assert isinstance(first, Recorded)
    assert first.request.headers == [(b"accept", b"application/json")]
    assert first.response is not None
    assert [name for name, _ in first.response.headers] == [b"content-type"], "bodies in archives are decoded"
    assert isinstance(second, Recorded)
    assert second.response is not None
    assert second.response.body == b'{"sku": "A", "quantity": "two"}'
    assert isinstance(third, Recorded)
    assert third.knows.response_body, "a size of nothing is a body that is known"


def test_what_is_not_recorded_is_not_known() -> None:
    held = entry("POST", "https://a.example/b")
    held["request"]["bodySize"] = 10
    held["response"]["content"] = {"size": 10}
    (found,) = read_har(archive(held))
    assert isinstance(found, Recorded)
    assert not found.knows.body
    assert not found.knows.response_body


def test_a_broken_entry_is_told_and_the_others_are_read() -> None:
    bad: Any = [{"request": 1}, 7, entry("GET", "nowhere"), entry("GET", "https://a.example/")]
    bad.append(entry("GET", "https://a.example/"))
    bad[-1]["response"]["content"] = {"text": "?", "encoding": "base64"}
    kinds = [type(found).__name__ for found in read_har(archive(*bad))]
    assert kinds == ["Unread", "Unread", "Unread", "Recorded", "Unread"]


def test_an_archive_that_breaks_off_says_where() -> None:
    raw = archive(entry("GET", "https://a.example/")).getvalue()[:-3]
    found = list(read_har(io.BytesIO(raw)))
    assert found[-1] == Unread("after entry 1", "the archive is not JSON from here on")


def test_one_without_entries_is_none() -> None:
    assert list(read_har(io.BytesIO(b'{"log": {}}'))) == [Unread("the file", "it has no log.entries")]


class Growing(io.BytesIO):
    """An archive of any size that is never whole in memory; it gives what it is asked for, and no more."""

    def __init__(self, entries: int) -> None:
        super().__init__()
        self._left = entries
        self._one = orjson.dumps(entry("POST", "https://a.example/b", {"text": "x" * 10_000}))
        self._held = b'{"log":{"entries":[' + self._one

    def read(self, size: int | None = -1) -> bytes:
        while self._left and len(self._held) < (size or 0):
            self._left -= 1
            self._held += b"," + self._one if self._left else b"]}}"
        given, self._held = self._held[:size], self._held[size:]
        return given

    def readinto(self, buffer: Any) -> int:
        given = self.read(len(buffer))
        buffer[: len(given)] = given
        return len(given)


def test_memory_does_not_grow_with_the_file() -> None:
    tracemalloc.start()
    count = sum(1 for _ in read_har(Growing(2000)))  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2000
    assert peak < 5_000_000, "of 20 MB"
