from __future__ import annotations

from registry.store.tables import LinkRow, SessionRow, TokenRow


def test_no_table_has_room_for_a_secret_itself() -> None:
    for row in (LinkRow, SessionRow, TokenRow):
        columns = row.__table__.columns
        assert columns["sha256"].type.length == 64
        assert not {"token", "text", "secret", "password"} & set(columns.keys())
