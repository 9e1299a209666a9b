"""When Python looks for garbage in circles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLD = 1_000_000


@contextmanager
def collected_rarely() -> Iterator[None]:
    """Lets a command that builds large documents and then ends look for garbage once in a million objects.

    Documents hold no circles, and looking through all of them again and again takes as long as reading them.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
