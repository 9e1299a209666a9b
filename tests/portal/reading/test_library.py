"""Models are built once and kept while there is room."""

from __future__ import annotations

import threading

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
