from __future__ import annotations

import threading
import time

from registry.services.changes import Changes


def test_those_who_wait_are_woken() -> None:
    changes = Changes()
    seen = changes.count
    threading.Timer(0.05, changes.announce).start()
    began = time.monotonic()
    assert changes.wait(seen, 20) == seen + 1
    assert time.monotonic() - began < 10


def test_news_that_came_before_are_not_missed_and_silence_ends() -> None:
    changes = Changes()
    seen = changes.count
    changes.announce()
    assert changes.wait(seen, 20) == seen + 1
    assert changes.wait(seen + 1, 0.01) == seen + 1
