"""What went wrong, as a page."""

from __future__ import annotations

import re
from typing import cast

from starlette.requests import Request

from contracts.errors import Unreadable
from portal import faults
from portal.serving import Desk
from registry.domain import errors

from .conftest import Site


def test_every_kind_of_refusal_has_its_status() -> None:
    kinds = {each.kind for each in errors.DomainError.__subclasses__()}
    assert kinds == set(faults.STATUSES)
    assert faults.status_of(errors.NotFound("x", "y")) == 404
    assert faults.status_of(Unreadable("x", "y")) == 422


def test_references_can_be_told_apart() -> None:
    several = {faults.reference() for _ in range(50)}
    assert len(several) == 50
    assert all(re.fullmatch(r"[0-9a-f]{8}", each) for each in several)


def asked(path: str) -> Request:
    return Request({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []})


def test_a_fault_of_ours_is_told_without_the_database_and_escaped() -> None:
    answer = faults.broken(cast("Desk", None), asked("/<script>alert(1)</script>"), "0a1b2c3d")
    text = bytes(answer.body).decode()
    assert answer.status_code == 500
    assert "0a1b2c3d" in text
    assert "<script>alert" not in text


def test_a_refusal_is_a_page_in_the_frame_with_advice_and_escaped(site: Site) -> None:
    desk = Desk(site.registry)
    answer = faults.page(desk, asked("/x"), 409, "<b>taken</b>", "Choose `another`.")
    text = bytes(answer.body).decode()
    assert (answer.status_code, answer.headers["cache-control"]) == (409, "no-store")
    assert "It has changed meanwhile" in text
    assert "&lt;b&gt;taken&lt;/b&gt;" in text
    assert 'href="/catalogue"' not in text, "a stranger is shown no rail"
    assert "This did not work" in bytes(faults.page(desk, asked("/x"), 418, "m", "a").body).decode()


def test_an_error_of_an_unknown_kind_is_the_fault_of_who_asks() -> None:
    assert faults.status_of(errors.DomainError("x", "y")) == 422
    assert faults.status_of(type("Odd", (errors.DomainError,), {"kind": "odd"})("x", "y")) == 400
