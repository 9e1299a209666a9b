"""Alembic's own command line works too, for operators who prefer it."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect

from registry.store import connect
from registry.store.migrate import configuration


def test_alembic_by_hand_goes_up_and_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/lading.db"
    monkeypatch.setenv("LADING_DATABASE_URL", url)
    command.upgrade(configuration(), "head")
    engine = connect(url)
    assert {"contract", "version", "search_index"} <= set(inspect(engine).get_table_names())
    command.downgrade(configuration(), "base")
    assert "contract" not in inspect(engine).get_table_names()
    engine.dispose()
