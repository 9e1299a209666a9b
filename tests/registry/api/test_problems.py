from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from contracts.errors import LimitExceeded, Unreadable
from registry.api import problems
from registry.api.problems import KINDS
from registry.domain import errors
from registry.domain.errors import DomainError


def test_every_kind_of_error_has_a_status() -> None:
    kinds = {
        one.kind for one in vars(errors).values() if isinstance(one, type) and issubclass(one, DomainError)
    }
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    ("error", "status", "members"),
    [
        (errors.Conflict("taken", "It is taken.", "Wait.", details={"by": "x"}), 409, {"advice": "Wait.", "by": "x"}),
        (errors.TooLarge("big", "Too big."), 413, {}),
        (Unreadable("syntax", "Broken.", "a.yaml", 3, 4, "/x"), 422, {"source": "a.yaml", "line": 3, "column": 4, "pointer": "/x"}),
        (LimitExceeded("too-large", "Too large."), 413, {}),
    ],
)  # fmt: skip
def test_errors_become_problem_documents(error: Exception, status: int, members: dict[str, object]) -> None:
    app = FastAPI()
    problems.install(app, [])

    @app.get("/")
    def fail() -> None:
        raise error

    response = TestClient(app).get("/")
    body = response.json()
    assert response.status_code == body["status"] == status
    assert response.headers["content-type"] == "application/problem+json"
    assert body["type"] == problems.TYPES + body["code"]
    assert {key: body.get(key) for key in members} == members
    assert body["detail"]


def test_a_defect_is_told_without_its_insides() -> None:
    app = FastAPI()
    problems.install(app, [])

    @app.get("/")
    def fail() -> None:
        raise RuntimeError("secret insides")

    response = TestClient(app, raise_server_exceptions=False).get("/")
    assert response.status_code == 500
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text


def test_a_path_that_is_not_there_and_a_method_that_is_not_possible(stranger: TestClient) -> None:
    absent = stranger.get("/v1/absent")
    assert (absent.status_code, absent.json()["code"]) == (404, "not-found")
    wrong = stranger.delete("/v1/contracts")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "GET, POST")
    assert wrong.headers["content-type"] == "application/problem+json"
