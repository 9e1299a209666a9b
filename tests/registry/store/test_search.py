from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from registry.store import search
from registry.store.tables import ContractRow, DomainRow, ElementRow, TeamRow

TEXTS = [
    ("contract", "Shipment tracking", "Where a parcel is, by trackingNumber."),
    ("operation", "Get a shipment", "Reads one shipment"),
    ("schema", "Address", "streetName postcode shipmentReference"),
    ("schema", "Größe", "Länge und Breite"),
]


@pytest.fixture
def session(engine: Engine):  # type: ignore[no-untyped-def]
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with Session(engine) as opened:
        opened.add_all(
            [TeamRow(name="t", title="T", created_at=now), DomainRow(name="d", title="D", created_at=now)]
        )
        opened.flush()
        contract = ContractRow(
            domain="d", name="c", kind="openapi", title="C", owner="t", created_at=now, updated_at=now
        )
        opened.add(contract)
        opened.flush()
        for kind, title, _ in TEXTS:
            opened.add(ElementRow(contract_id=contract.id, kind=kind, key=title, title=title))
            opened.flush()
        rows = opened.query(ElementRow).order_by(ElementRow.id).all()
        search.index(
            opened, ((row.id, row.title, text) for row, (_, _, text) in zip(rows, TEXTS, strict=True))
        )
        opened.flush()
        yield opened
        opened.rollback()


def titles(session: Session, query: str, limit: int = 10) -> list[str]:
    found = search.find(session, query, limit=limit)
    return [session.get_one(ElementRow, one.element_id).title for one in found]


def test_words_are_cut_alike_for_both_databases() -> None:
    assert search.words("trackingNumber HTTPServer Größe order_id v300") == (
        "trackingnumber tracking number httpserver http server große order id v300 v 300"
    )


def test_titles_count_more_than_texts_and_contracts_more_than_schemas(session: Session) -> None:
    assert titles(session, "shipment") == ["Shipment tracking", "Get a shipment", "Address"]


@pytest.mark.parametrize(
    ("query", "first"),
    [("track", "Shipment tracking"), ("TRACKINGNUMBER", "Shipment tracking"), ("number", "Shipment tracking"), ("street", "Address"), ("grosse", None), ("größe", "Größe"), ("groß", "Größe"), ("lang", "Größe"), ("shipment reads", "Get a shipment"), ("shipment absent", None)],
)  # fmt: skip
def test_words_are_found_as_prefixes_and_all_of_them(session: Session, query: str, first: str | None) -> None:
    assert (titles(session, query) or [None])[0] == first


def test_pages_follow_each_other_without_gap_or_repetition(session: Session) -> None:
    everything = search.find(session, "shipment", limit=10)
    paged, after = [], None
    while page := search.find(session, "shipment", limit=1, after=after):
        paged += page
        after = (page[-1].rank, page[-1].element_id)
    assert paged == everything


def test_what_is_dropped_is_not_found(session: Session) -> None:
    search.drop(session, session.query(ContractRow).one().id)
    assert titles(session, "shipment") == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.text(max_size=60)
    | st.sampled_from(
        ['"', "a OR b", "NEAR(", "a & | !", "title:x", "*", "'; --", "a:*b", "\\", "(", "-a", "^a"]
    )
)
def test_no_query_breaks_the_search(session: Session, query: str) -> None:
    for one in search.find(session, query, limit=5):
        assert one.element_id > 0
