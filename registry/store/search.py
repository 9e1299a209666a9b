"""Full-text search behind two functions: FTS5 on SQLite, tsvector on PostgreSQL, the same words on both.

Words are cut in Python (`shipmentId` is found as `shipment`, `id` and `shipmentid`), so that the databases
agree, and a query is nothing but such words: no query syntax reaches them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

_WORD = re.compile(r"[^\W_]+")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=\d{3})")
_MOST_WORDS = 12
_LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """A row of `element` and how well it fits: lower is better, as FTS5's bm25 counts."""

    element_id: int
    rank: float


def words(content: str) -> str:
    """The words of a text as they are stored and sought: lower case, without accents, compounds also in parts."""
    plain = unicodedata.normalize("NFKD", content[:_LONGEST])
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    result: list[str] = []
    for word in _WORD.findall(plain):
        parts = _HUMP.split(word)
        result.append(word.lower())
        if len(parts) > 1:
            result.extend(part.lower() for part in parts)
    return " ".join(result)


def index(session: Session, rows: Iterable[tuple[int, str, str]]) -> None:
    """Stores the words of elements: `(element id, title, text)`."""
    values = [{"id": row, "title": words(title), "body": words(body)} for row, title, body in rows]
    if values:
        session.execute(_INSERT[_dialect(session)], values)


def drop(session: Session, contract_id: int) -> None:
    """Forgets the words of a contract's elements; call before the elements themselves go."""
    session.execute(_DELETE[_dialect(session)], {"contract": contract_id})


def find(session: Session, query: str, *, limit: int, after: tuple[float, int] | None = None) -> list[Found]:
    """The elements that hold all words of the query, the last of them as a prefix, best first.

    A query without a word finds nothing.
    """
    sought = _query_words(query)
    if not sought:
        return []
    dialect = _dialect(session)
    terms = (
        " ".join(f'"{word}"*' for word in sought)
        if dialect == "sqlite"
        else " & ".join(f"'{word}':*" for word in sought)
    )
    rank, row = after if after else (float("-inf"), 0)
    values: dict[str, Any] = {"terms": terms, "limit": limit, "rank": max(rank, -1e300), "row": row}
    return [Found(found.id, found.rank) for found in session.execute(_FIND[dialect], values)]


def _query_words(query: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", query[:500])
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    return list(dict.fromkeys(_WORD.findall(plain)))[:_MOST_WORDS]


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


_WEIGHT = "CASE e.kind WHEN 'contract' THEN 4.0 WHEN 'schema' THEN 1.0 ELSE 2.0 END"
_PAGE = "WHERE rank > :rank OR (rank = :rank AND id > :row) ORDER BY rank, id LIMIT :limit"
_INSERT = {
    "sqlite": text("INSERT INTO search_index (rowid, title, body) VALUES (:id, :title, :body)"),
    "postgresql": text(
        "INSERT INTO search_index (element_id, document) VALUES (:id, "
        "setweight(to_tsvector('simple', :title), 'A') || setweight(to_tsvector('simple', :body), 'D'))"
    ),
}
_DELETE = {
    "sqlite": text(
        "DELETE FROM search_index WHERE rowid IN (SELECT id FROM element WHERE contract_id = :contract)"
    ),
    "postgresql": text(
        "DELETE FROM search_index WHERE element_id IN (SELECT id FROM element WHERE contract_id = :contract)"
    ),
}
_FIND = {
    "sqlite": text(
        f"SELECT id, rank FROM (SELECT e.id AS id, bm25(search_index, 8.0, 1.0) * {_WEIGHT} AS rank "  # noqa: S608 - constants only
        f"FROM search_index JOIN element e ON e.id = search_index.rowid WHERE search_index MATCH :terms) {_PAGE}"
    ),
    "postgresql": text(
        f"SELECT id, rank FROM (SELECT e.id AS id, -CAST(ts_rank_cd(s.document, q.terms) AS double precision) "  # noqa: S608 - constants only
        f"* {_WEIGHT} AS rank FROM search_index s JOIN element e ON e.id = s.element_id, "
        f"to_tsquery('simple', :terms) AS q(terms) WHERE s.document @@ q.terms) AS found {_PAGE}"
    ),
}
