from __future__ import annotations

from migrations.scope import belongs


def test_the_searchs_own_tables_are_left_alone() -> None:
    assert not belongs(None, "search_index", "table", True, None)
    assert not belongs(None, "search_index_data", "table", True, None)
    assert belongs(None, "contract", "table", True, None)
    assert belongs(None, "ix_version_sunset_at", "index", True, None)
