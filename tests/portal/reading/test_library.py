"""Models are built once and kept while there is room."""

from __future__ import annotations

import threading

import pytest

from portal.reading.library import Library

CONTRACT = b"openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\npaths: {}\n"


def test_the_files_are_asked_for_once() -> None:
    asked = []
    library = Library()

    def files() -> dict[str, bytes]:
        asked.append(1)
        return {"a.yaml": CONTRACT}

    threads = [threading.Thread(target=library.read, args=("d", "a.yaml", files)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert library.read("d", "a.yaml", files) is library.read("d", "a.yaml", files)
    assert asked == [1]


def test_the_oldest_goes_when_there_is_no_room() -> None:
    library = Library(bytes_kept=int(len(CONTRACT) * 2.5))
    first = library.read("1", "a.yaml", lambda: {"a.yaml": CONTRACT})
    for digest in "23":
        library.read(digest, "a.yaml", lambda: {"a.yaml": CONTRACT})
    assert library.read("1", "a.yaml", lambda: {"a.yaml": CONTRACT}) is not first


def test_a_version_that_could_not_be_read_is_tried_again() -> None:
    library = Library()

    def broken() -> dict[str, bytes]:
        raise OSError("the disk is away")

    with pytest.raises(OSError, match="away"):
        library.read("d", "a.yaml", broken)
    assert library.read("d", "a.yaml", lambda: {"a.yaml": CONTRACT}).title == "t"


def test_one_that_is_larger_than_the_room_is_kept_until_the_next() -> None:
    library = Library(bytes_kept=1)
    kept = library.read("1", "a.yaml", lambda: {"a.yaml": CONTRACT})
    assert library.read("1", "a.yaml", dict) is kept


def test_what_is_read_again_stays_and_the_one_not_read_goes() -> None:
    library = Library(bytes_kept=int(len(CONTRACT) * 2.5))
    first, second = (library.read(digest, "a.yaml", lambda: {"a.yaml": CONTRACT}) for digest in "12")
    assert library.read("1", "a.yaml", dict) is first
    library.read("3", "a.yaml", lambda: {"a.yaml": CONTRACT})
    assert library.read("1", "a.yaml", dict) is first
    assert library.read("2", "a.yaml", lambda: {"a.yaml": CONTRACT}) is not second
