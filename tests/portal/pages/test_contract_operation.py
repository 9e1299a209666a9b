"""One operation in full."""

from __future__ import annotations

import httpx


def test_parameters_bodies_and_answers(client: httpx.Client) -> None:
    page = client.get("/contracts/erp/orders/operation", params={"key": "GET /orders/{orderId}"}).text
    for words in ("Who may call", "In the path", "Responses", "orderId", "required", "Written at"):
        assert words in page, words


def test_a_schema_that_contains_itself_ends(client: httpx.Client) -> None:
    page = client.get("/contracts/events/unruly/operation", params={"key": "GET /Things_list/{id}"}).text
    assert "contains itself" in page
    assert "Do not start to use it" in page
    assert "at most 35 characters" in page


def test_messages_of_events(client: httpx.Client) -> None:
    page = client.get(
        "/contracts/events/shipment-milestones/operation", params={"key": "publishOrderAccepted"}
    ).text
    assert "Payload" in page
    assert "specversion" in page
