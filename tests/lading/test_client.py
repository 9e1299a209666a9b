from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from contracts.references import from_files
from lading import settings
from lading.client import Client, Files, Refusal
from lading.outcome import CouldNotTell
from tests.registry.examples import orders

FILES = Files("orders.yaml", {"orders.yaml": orders()})


class Canned:
    """A transport that answers what a test says, and keeps what it was asked."""

    where = "http://registry.example"

    def __init__(self, *answers: httpx.Response) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, str, Any]] = []

    def send(self, method: str, path: str, options: Any) -> httpx.Response:
        self.asked.append((method, path, options))
        return self.answers.pop(0)

    def close(self) -> None:
        self.answers.clear()


def answering(status: int, content: Any) -> Client:
    return Client(Canned(httpx.Response(status, json=content)))


def opened(**given: str) -> Client:
    return Client.open(settings.load({f"LADING_{name.upper()}": value for name, value in given.items()}))


def test_files_are_named_from_the_folder_that_holds_them_all() -> None:
    contents = {
        "api/orders/root.yaml": b"openapi: 3.1.0\npaths: {/a: {$ref: ../common/a.yaml}}\n",
        "api/common/a.yaml": b"get: {responses: {}}\n",
    }
    sent = Files.of(from_files(contents, "api/orders/root.yaml"))
    assert sent.root == "orders/root.yaml"
    assert set(sent.contents) == {"orders/root.yaml", "common/a.yaml"}
    alone = Files.of(from_files({"deep/down/a.yaml": b"openapi: 3.1.0\n"}, "deep/down/a.yaml"))
    assert (alone.root, list(alone.contents)) == ("a.yaml", ["a.yaml"])


@pytest.mark.parametrize("where", ["filled", "server"])
def test_both_ways_to_a_registry_answer_the_same(where: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(where)
    with Client.open(settings.load()) as client:
        assert client.contract("erp/orders")["latest"]["version"] == "1.0.0"
        assert [one["contract"] for one in client.pages("contracts", domain=None)] == ["erp/orders"]
        assert client.files("erp/orders") == FILES
        assert client.publish("erp/orders", FILES)["status"] == "unchanged"
        less = Files("orders.yaml", {"orders.yaml": orders("1.1.0", eta=False)})
        refused = client.publish("erp/orders", less)
        assert (refused["status"], refused["version"]) == ("refused", None)
        assert refused["gate_run"]["outcome"] == "fail"
        assert client.check("erp/orders", less)["result"]["suggested_version"] == "2.0.0"
        with pytest.raises(Refusal) as raised:
            client.version("erp/orders", "9.9.9")
        assert raised.value.status == 404
        with pytest.raises(CouldNotTell, match="names no contract"):
            client.contract("orders")


def test_a_registry_that_is_away(away: str) -> None:
    with Client.open(settings.load()) as client, pytest.raises(CouldNotTell) as raised:
        client.contract("erp/orders")
    assert f"the registry at {away} cannot be reached" in raised.value.message
    assert "lading serve" in raised.value.advice


def test_a_token_that_does_not_hold(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for token in ("", "lt_unknown"):
        monkeypatch.setenv("LADING_TOKEN", token)
        with Client.open(settings.load()) as client, pytest.raises(CouldNotTell) as raised:
            client.contract("erp/orders")
        assert "does not let us" in raised.value.message
        assert "LADING_TOKEN" in raised.value.advice


@pytest.mark.parametrize("address", ["http://[::1", "registry", "ftp://registry", "http://a:b"])
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(CouldNotTell) as raised:
        opened(registry_url=address).contract("erp/orders")
    assert address in raised.value.message


@pytest.mark.parametrize("token", ["ü", "lt_a\nb"])
def test_a_token_that_no_header_could_carry_is_not_shown(token: str) -> None:
    with pytest.raises(CouldNotTell, match="LADING_TOKEN is no token") as raised:
        opened(registry_url="http://registry.example", token=token)
    assert token not in raised.value.message + raised.value.advice


def _folder(path: Path) -> dict[str, str]:
    path.write_text("a file")
    return {"data": str(path)}


def _database(path: Path) -> dict[str, str]:
    path.mkdir()
    (path / "lading.db").write_text("This is no database, however one looks at it.")
    return {"data": str(path)}


def _elsewhere(path: Path) -> dict[str, str]:
    return {"data": str(path), "database_url": "postgresql://lading:geheim@127.0.0.1:1/lading"}


def _nonsense(path: Path) -> dict[str, str]:
    return {"data": str(path), "database_url": "geheim"}


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_folder, "cannot be used: "),
        (_database, "file is not a database"),
        (_elsewhere, "the database cannot be opened: "),
        (_nonsense, "no SQLAlchemy URL"),
    ],
)
def test_a_registry_of_our_own_that_cannot_be_opened(
    make: Callable[[Path], dict[str, str]], words: str, tmp_path: Path
) -> None:
    with pytest.raises(CouldNotTell) as raised:
        opened(**make(tmp_path / "data"))
    assert words in raised.value.message
    assert raised.value.advice
    assert "geheim" not in raised.value.message


def test_what_answers_and_is_no_registry() -> None:
    page = Client(Canned(httpx.Response(200, text="<html>")))
    with pytest.raises(CouldNotTell, match="something that is no JSON"):
        page.contract("erp/orders")
    with pytest.raises(CouldNotTell, match=r"failed \(502\)"):
        answering(502, {}).contract("erp/orders")
    with pytest.raises(Refusal, match="it answered 404"):
        answering(404, ["not", "here"]).contract("erp/orders")


def test_a_refusal_says_where_what_and_what_to_do() -> None:
    problem = {
        "code": "syntax",
        "detail": "Never closed.",
        "advice": "Close it.",
        "source": "a.yaml",
        "line": 3,
    }
    refusal = Refusal(400, problem)
    assert str(refusal) == "a.yaml:3: Never closed. Close it."
    assert refusal.code == "syntax"
    assert Refusal(418, {}).code == "418"


def test_only_the_gates_no_is_a_result() -> None:
    run = {"outcome": "fail"}
    refused = answering(422, {"code": "gate-refused", "gate_run": run}).publish("erp/orders", FILES)
    assert refused == {"status": "refused", "version": None, "gate_run": run}
    with pytest.raises(Refusal):
        answering(409, {"code": "version-taken"}).publish("erp/orders", FILES)


def test_lists_are_read_to_their_last_page() -> None:
    canned = Canned(
        httpx.Response(200, json={"items": [1, 2], "after": "x"}), httpx.Response(200, json={"items": [3]})
    )
    assert list(Client(canned).pages("contracts", domain="erp", owner=None)) == [1, 2, 3]
    assert [options["params"] for _, _, options in canned.asked] == [
        {"domain": "erp", "limit": 200},
        {"domain": "erp", "limit": 200, "after": "x"},
    ]


def test_what_is_not_known_is_not_sent_and_names_are_quoted() -> None:
    canned = Canned(httpx.Response(200, json={"status": "stored"}), httpx.Response(204))
    client = Client(canned)
    client.publish("erp/orders", FILES, version=None, owner="desk")
    method, path, options = canned.asked[0]
    assert (method, path) == ("POST", "/v1/contracts/erp/orders/versions")
    assert options["data"] == {"root": "orders.yaml", "owner": "desk"}
    assert client.call("DELETE", "consumers", "a/../b c") is None
    assert canned.asked[1][1] == "/v1/consumers/a%2F..%2Fb%20c"
