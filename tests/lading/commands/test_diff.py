from __future__ import annotations

import json
from pathlib import Path

import pytest

from lading import cli
from tests.lading.conftest import Lading

BASE = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    post:
      requestBody:
        content: {application/json: {schema: {type: object, properties: {sku: {type: string}}}}}
      responses: {'201': {description: Accepted}}
"""
SAFE = BASE.replace("{sku: {type: string}}", "{sku: {type: [string, integer]}}")
BREAKING = BASE.replace("{type: object,", "{type: object, required: [sku],")
UNKNOWN = BASE.replace("{sku: {type: string}}", "{sku: {type: string, colour: red}}")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"base": BASE, "safe": SAFE, "breaking": BREAKING, "unknown": UNKNOWN}.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    (tmp_path / "broken.yaml").write_text("openapi: [")
    (tmp_path / "events.yaml").write_text("asyncapi: 3.0.0\ninfo: {title: t, version: 1.0.0}\nchannels: {}\n")
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(["diff", *arguments])
    assert isinstance(raised.value.code, int)
    return raised.value.code


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [
        (["base.yaml", "base.yaml"], 0),
        (["base.yaml", "safe.yaml"], 0),
        (["base.yaml", "breaking.yaml"], 1),
        (["breaking.yaml", "base.yaml"], 0),
        (["breaking.yaml", "base.yaml", "--policy", "forward"], 1),
        (["base.yaml", "unknown.yaml"], 2),
        (["base.yaml", "unknown.yaml", "--fail-on", "unknown"], 1),
        (["base.yaml", "broken.yaml"], 2),
        (["base.yaml", "absent.yaml"], 2),
        (["base.yaml", "events.yaml"], 2),
        (["base.yaml", "safe.yaml", "--policy", "none"], 2),
        (["base.yaml", "safe.yaml", "--format", "none"], 2),
        (["registry:nonsense", "base.yaml"], 2),
    ],
)
def test_exit_codes(arguments: list[str], ends: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == ends
    assert "Traceback" not in capsys.readouterr().err


def test_json_is_the_comparison(capsys: pytest.CaptureFixture[str]) -> None:
    run("base.yaml", "breaking.yaml", "--format", "json")
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "breaking"
    (change,) = told["changes"]
    assert change["id"] == "request-property-became-required"
    assert change["breaks"] == "consumer"
    assert change["operation"] == "POST /orders"
    assert (
        change["pointer"]
        == "/paths/~1orders/post/requestBody/content/application~1json/schema/properties/sku"
    )
    assert (change["base"]["line"], change["revision"]["line"]) == (7, 7)
    assert change["witness"] == {}


def test_text_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    run("base.yaml", "breaking.yaml")
    shown = capsys.readouterr().out
    assert shown.startswith("base.yaml → breaking.yaml\n\nBREAKING  POST /orders\n")
    assert "the base takes {}, the revision refuses it" in shown
    run("base.yaml", "breaking.yaml", "--format", "markdown")
    assert "#### ❌ Breaking" in capsys.readouterr().out
    run("base.yaml", "safe.yaml", "--no-safe")
    assert "1 safe not shown" in capsys.readouterr().out


def test_which_side_cannot_be_read_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    run("base.yaml", "broken.yaml")
    assert "broken.yaml" in capsys.readouterr().err


def test_an_error_gives_its_advice_once(capsys: pytest.CaptureFixture[str]) -> None:
    run("base.yaml", "broken.yaml")
    assert capsys.readouterr().err.count("Mend the text") == 1


def test_a_registry_that_is_away_is_no_yes(away: str, lading: Lading) -> None:
    made = lading("diff", "registry:erp/orders", "base.yaml")
    assert (made.code, made.out) == (2, "")
    assert f"the registry at {away} cannot be reached" in made.err


def test_a_policy_of_ones_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.yaml").write_text("extends: full\nverdicts: {request-property-became-*: safe}\n")
    assert run("base.yaml", "breaking.yaml", "--policy", str(tmp_path / "mine.yaml")) == 0
    assert run("base.yaml", "breaking.yaml", "--policy", "nowhere.yaml") == 2
    (tmp_path / "mine.yaml").write_text("verdicts: {request-property-becam-required: safe}\n")
    assert run("base.yaml", "breaking.yaml", "--policy", str(tmp_path / "mine.yaml")) == 2
    assert "Did you mean request-property-became-required?" in capsys.readouterr().err


def test_policies_are_described_without_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--policy", "?") == 0
    assert "backward-transitive" in capsys.readouterr().out


def test_the_version_that_the_change_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    run("base.yaml", "breaking.yaml")
    assert "Suggested version: 2.0.0." in capsys.readouterr().out
    run("base.yaml", "breaking.yaml", "--format", "json")
    assert json.loads(capsys.readouterr().out)["version"]["needed"] == "major"
