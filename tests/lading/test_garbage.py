from __future__ import annotations

import gc

from lading.garbage import collected_rarely


def test_only_inside_is_garbage_collected_rarely() -> None:
    before = gc.get_threshold()
    with collected_rarely():
        assert gc.get_threshold()[0] > 100 * before[0]
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
