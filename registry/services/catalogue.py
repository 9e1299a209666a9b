"""Search over everything that the latest versions say."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select

from registry.domain.contracts import Contract, Element
from registry.domain.pages import USUAL, Page, bounded, cursor, read_cursor
from registry.store import search as index
from registry.store.tables import ContractRow, ElementRow

from . import contracts
from .candidates import Candidate
from .unit import Context


@dataclass(frozen=True, slots=True)
class Hit:
    """What fits a search: the contract itself, or an operation, channel, message or schema of it."""

    contract: Contract
    kind: str
    key: str
    title: str


def search(context: Context, query: str, *, after: str | None = None, limit: int = USUAL) -> Page[Hit]:
    """What holds all the words of the query (each as a prefix), the best first; nothing for a query without words."""
    limit = bounded(limit)
    found = index.find(context.session, query, limit=limit + 1, after=read_cursor(after, float, int))
    page = found[:limit]
    rows = {
        row.id: row
        for row in context.session.scalars(
            select(ElementRow).where(ElementRow.id.in_([one.element_id for one in page]))
        )
    }
    owners = contracts.by_ids(context, {row.contract_id for row in rows.values()})
    hits = []
    for one in page:
        row = rows[one.element_id]
        hits.append(Hit(owners[row.contract_id], row.kind, row.key, row.title))
    more = cursor(page[-1].rank, page[-1].element_id) if len(found) > limit else None
    return Page(tuple(hits), more)


def reindex(context: Context, contract: ContractRow, candidate: Candidate) -> None:
    """Replaces what is found of a contract by what this version of it says."""
    index.drop(context.session, contract.id)
    context.session.execute(delete(ElementRow).where(ElementRow.contract_id == contract.id))
    itself = Element(
        "contract",
        contract.identity,
        candidate.title or contract.name,
        f"{contract.domain} {contract.name} {contract.owner} {contract.system or ''} {candidate.description}",
    )
    everything = (itself, *candidate.elements)
    rows = [
        ElementRow(
            contract_id=contract.id,
            kind=element.kind,
            key=element.key,
            title=element.title,
            deprecated=element.deprecated,
        )
        for element in everything
    ]
    context.session.add_all(rows)
    context.session.flush()
    index.index(
        context.session,
        (
            (row.id, f"{element.title} {element.key}", element.text)
            for row, element in zip(rows, everything, strict=True)
        ),
    )
