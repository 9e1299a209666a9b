from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gateway.configuration import PLAIN, Configuration
from gateway.upstreams.settings import Settings
from lading import gateways, settings
from lading.outcome import CouldNotTell

ORDERS = """
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: /orders}]
paths:
  /all:
    get: {responses: {'200': {description: All}}}
"""
EVENTS = "asyncapi: 3.0.0\ninfo: {title: Orders, version: 1.0.0}\n"


@pytest.fixture
def known(tmp_path: Path) -> settings.Settings:
    return replace(
        settings.load(), gateway_rules="", gateway_config="", data=tmp_path / "data", bundle_key=""
    )


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> gateways.Alone:
    monkeypatch.chdir(tmp_path)
    Path("orders.yaml").write_text(ORDERS)
    Path("events.yaml").write_text(EVENTS)
    Path("empty.yaml").write_text("openapi: 3.1.0\ninfo: {title: O, version: '1'}\npaths: {}\n")
    return gateways.Alone(Path("orders.yaml"), ("http://127.0.0.1:9000",), None, "enforce", "")


def test_one_contract_is_served(alone: gateways.Alone, known: settings.Settings) -> None:
    snapshot = replace(alone, response_mode="monitor").snapshot(known, PLAIN)
    (contract,) = snapshot.contracts
    assert (contract.modes.request, contract.modes.response) == ("enforce", "monitor")
    assert replace(alone, base_path="/v1").snapshot(known, PLAIN).contracts[0].base_paths == ("/v1",)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"mode": "strict"}, "--mode is 'strict'"),
        ({"response_mode": "strict"}, "--response-mode is 'strict'"),
        ({"upstreams": ("127.0.0.1:9000",)}, "--upstream names where calls go"),
        ({"upstreams": ()}, "--upstream names where calls go"),
        ({"upstreams": ("http://a/x", "http://b/y")}, "different paths"),
        ({"base_path": "v1"}, "--base-path begins with a slash"),
        ({"invalid": "mend"}, "--invalid is 'mend'"),
        ({"rules": ("one_way=perhaps",)}, "one_way"),
        ({"contract": Path("events.yaml")}, "describes events"),
        ({"contract": Path("empty.yaml")}, "declares no operations"),
    ],
)
def test_what_is_wrong_is_told(
    alone: gateways.Alone, known: settings.Settings, wrong: dict[str, object], told: str
) -> None:
    with pytest.raises(CouldNotTell, match=told):
        replace(alone, **wrong).snapshot(known, PLAIN)  # type: ignore[arg-type]


def test_an_upstream_goes_with_a_contract() -> None:
    given = (None, "enforce", "", ())
    assert gateways.chosen(None, (), *given) is None
    with pytest.raises(CouldNotTell, match="--upstream needs --contract"):
        gateways.chosen(None, ("http://127.0.0.1:9000",), *given)
    assert gateways.chosen(Path("orders.yaml"), ("http://a",), *given) is not None


def test_whom_to_believe_stands_in_a_file(
    tmp_path: Path, known: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert gateways.configuration(None, known) is PLAIN
    Path("broken.toml").write_text("issuers = [")
    with pytest.raises(CouldNotTell, match="is not TOML"):
        gateways.configuration(Path("broken.toml"), known)
    Path("strange.toml").write_text("nobody = 1\n")
    with pytest.raises(CouldNotTell, match=r"strange\.toml"):
        gateways.configuration(None, replace(known, gateway_config="strange.toml"))


def test_a_pinned_key_is_a_jwks(
    tmp_path: Path, known: settings.Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("keys.json").write_text("[]")
    with pytest.raises(CouldNotTell, match="is not a JWKS"):
        gateways.service(replace(known, bundle_key="keys.json"), None, None, PLAIN)
    with pytest.raises(CouldNotTell, match="LADING_GATEWAY_RULES"):
        gateways.service(replace(known, gateway_rules="one_way=perhaps"), None, None, PLAIN)


def test_a_formally_invalid_contract_is_served_and_what_is_wrong_is_told(
    alone: gateways.Alone, known: settings.Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("bad.yaml").write_text("openapi: 3.1.0\npaths: {/a: {get: {parameters: [{$ref: '#/nowhere'}]}}}\n")
    bad = replace(alone, contract=Path("bad.yaml"))
    assert len(bad.snapshot(known, PLAIN).compiled[0].operations) == 1
    told = capsys.readouterr().err
    assert "lacks the field 'info'" in told
    assert "points at nothing" in told
    assert "served as far as it is understood" in told
    with pytest.raises(CouldNotTell, match="is not valid"):
        replace(bad, invalid="refuse").snapshot(known, PLAIN)
    capsys.readouterr()
    replace(alone, invalid="refuse").snapshot(known, PLAIN)
    assert capsys.readouterr().err == ""


def test_settings_for_an_operation_that_is_not_there_are_told(
    alone: gateways.Alone, known: settings.Settings
) -> None:
    said = {"operations": {"GET /all": {"timeout": 1.5}, "GET /al": {"timeout": 1.5}}}
    with pytest.raises(CouldNotTell) as told:
        alone.snapshot(known, Configuration(upstreams=Settings({}, {"Orders": said})))
    assert "Orders: GET /al" in str(told.value)
    del said["operations"]["GET /al"]
    snapshot = alone.snapshot(known, Configuration(upstreams=Settings({}, {"Orders": said})))
    (made,) = [operation for _, _, operation in snapshot.compiled[0].operations]
    assert made.course.timeout == 1.5


def test_calls_may_go_to_several_upstreams(alone: gateways.Alone, known: settings.Settings) -> None:
    both = ("http://a:1/api", "http://b:2/api/")
    (contract,) = replace(alone, upstreams=both).snapshot(known, PLAIN).contracts
    assert (contract.upstreams, contract.upstream_path) == (("http://a:1", "http://b:2"), "/api")
