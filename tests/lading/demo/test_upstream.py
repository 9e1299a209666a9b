from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from contracts.model import HttpApi, build
from contracts.references import from_files
from lading.demo.upstream import Examples, drifted, server

CONTRACT = b"""\
openapi: 3.1.0
info: {title: Jobs, version: 1.0.0}
paths:
  /jobs/{id}:
    get:
      responses:
        '404': {description: None}
        '200':
          description: A job.
          content:
            application/json:
              examples:
                one: {$ref: '#/components/examples/One'}
    delete:
      responses:
        '204': {description: Gone.}
components:
  examples:
    One: {value: {id: j1, attempts: 2, stops: [{attempts: 1}]}}
"""


@pytest.fixture
def api() -> HttpApi:
    api = build(from_files({"jobs.yaml": CONTRACT}, "jobs.yaml"))
    assert isinstance(api, HttpApi)
    return api


@pytest.fixture
def address(api: HttpApi) -> Iterator[str]:
    running = server(Examples(api, "attempts"), "127.0.0.1", 0)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    thread.join()
    running.server_close()


def test_the_contracts_own_example_is_the_answer(api: HttpApi) -> None:
    status, media_type, body = Examples(api).answer("GET", "/jobs/j1")
    assert (status, media_type) == (200, "application/json")
    assert json.loads(body) == {"id": "j1", "attempts": 2, "stops": [{"attempts": 1}]}


def test_an_operation_without_a_body(api: HttpApi) -> None:
    assert Examples(api).answer("DELETE", "/jobs/j1") == (204, "", b"")


def test_what_the_contract_does_not_know(api: HttpApi) -> None:
    assert Examples(api).answer("GET", "/jobs/j1/stops")[0] == 404


def test_drift_writes_numbers_as_text_wherever_the_name_stands() -> None:
    assert drifted([{"n": 1, "a": {"n": 2.5, "b": 3}}], "n") == [{"n": "1", "a": {"n": "2.5", "b": 3}}]


def test_it_answers_over_http(address: str) -> None:
    with urllib.request.urlopen(f"{address}/jobs/j%31?x=1") as answer:
        assert json.load(answer)["attempts"] == "2"
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{address}/nothing")
