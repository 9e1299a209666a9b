from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from registry.store.tables import ContractRow, DomainRow, TeamRow, VersionRow

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def session(engine: Engine):  # type: ignore[no-untyped-def]
    with Session(engine) as opened:
        opened.add_all(
            [TeamRow(name="t", title="T", created_at=NOW), DomainRow(name="d", title="D", created_at=NOW)]
        )
        opened.flush()
        opened.add(contract())
        opened.flush()
        yield opened
        opened.rollback()


def contract(**facts: Any) -> ContractRow:
    given = {
        "domain": "d",
        "name": "c",
        "kind": "openapi",
        "title": "C",
        "owner": "t",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return ContractRow(**{**given, **facts})


def version(session: Session, number: str, **facts: Any) -> VersionRow:
    given = {
        "contract_id": session.query(ContractRow).one().id,
        "version": number,
        "scheme": "semver",
        "position": number.encode(),
        "major": 1,
        "state": "published",
        "root": "a",
        "digest": "sha256:" + "0" * 64,
        "specification": "OpenAPI 3.0.3",
        "title": "C",
        "operations": 0,
        "created_at": NOW,
        "created_by": "x",
    }
    return VersionRow(**{**given, **facts})


def refused(session: Session, row: object) -> bool:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return True
    return False


def test_a_name_is_given_once_in_a_domain(session: Session) -> None:
    assert refused(session, contract())
    assert not refused(session, contract(name="other"))


def test_a_number_is_given_once_in_a_contract(session: Session) -> None:
    assert not refused(session, version(session, "1.0.0"))
    assert refused(session, version(session, "1.0.0", digest="sha256:" + "1" * 64))


def test_a_contract_has_one_latest_version(session: Session) -> None:
    assert not refused(session, version(session, "1.0.0", is_latest=True))
    assert not refused(session, version(session, "1.1.0"))
    assert refused(session, version(session, "1.2.0", is_latest=True))


def test_kinds_and_states_are_those_that_we_know(session: Session) -> None:
    assert refused(session, contract(name="x", kind="wsdl"))
    assert refused(session, version(session, "1.0.0", state="deleted"))
