from __future__ import annotations

from fastapi.testclient import TestClient

from registry.domain.access import SYSTEM
from registry.services import Registry, publishing
from tests.registry.examples import orders, proposal

PATH = "/v1/contracts/erp/orders"


def test_the_gate_is_asked_without_publishing(client: TestClient, published: Registry) -> None:
    body = {"root": "o.yaml", "files": {"o.yaml": orders("1.1.0", eta=False).decode()}}
    run = client.post(f"{PATH}/gate", json=body).json()
    assert (run["outcome"], run["source"], run["base"]) == ("fail", "check", "1.0.0")
    assert run["result"]["comparison"]["verdict"] == "breaking"
    assert client.get(f"{PATH}/versions/1.1.0").status_code == 404
    listed = client.get("/v1/gate-runs?contract=erp/orders&outcome=fail").json()["items"]
    assert [one["id"] for one in listed] == [run["id"]]
    unknown = client.post(f"{PATH}/gate", json={**body, "profile": "absent"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "unknown-gate-profile")


def test_findings_and_comparisons(client: TestClient, published: Registry) -> None:
    publishing.publish(published, SYSTEM, proposal("2.0.0", orders("2.0.0", eta=False)))
    assert client.get(f"{PATH}/versions/2.0.0/findings").json()["ruleset"] == "lading:recommended"
    report = client.get(f"{PATH}/diff?base=1.0.0&revision=latest").json()
    assert (report["verdict"], report["revision"]) == ("breaking", "2.0.0")
    assert report["changes"][0]["verdict"] == "breaking"
    assert client.get(f"{PATH}/diff?base=1.0.0&revision=7.0.0").status_code == 404
