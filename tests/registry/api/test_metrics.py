from __future__ import annotations

from fastapi.testclient import TestClient


def test_requests_are_counted_by_template_and_not_by_name(client: TestClient) -> None:
    client.get("/v1/contracts/erp/very-particular-name")
    client.get("/v1/nothing-here")
    text = client.get("/metrics").text
    assert 'lading_requests_total{method="GET",route="/v1/contracts/{domain}/{name}",status="404"}' in text
    assert 'lading_request_seconds_count{route="/v1/contracts/{domain}/{name}"}' in text
    assert "very-particular-name" not in text
    assert "nothing-here" not in text
