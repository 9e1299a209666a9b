from __future__ import annotations

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lading import cli
from tests.lading.conftest import Lading
from tests.registry.examples import orders

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
SAFE = BASE.replace("{sku: {type: string}}", "{sku: {type: string}, note: {type: string}}")
BREAKING = BASE.replace("{type: object,", "{type: object, required: [sku],")


def version(text: str, number: str) -> str:
    return text.replace("1.0.0", number)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LADING_DATA", str(tmp_path / "data"))
    texts = {
        "base": BASE,
        "safe": version(SAFE, "1.1.0"),
        "same-number": SAFE,
        "breaking": version(BREAKING, "1.1.0"),
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(["gate", *arguments, "--contract", "erp/orders"])
    assert isinstance(raised.value.code, int)
    return raised.value.code


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    run(*arguments, "--format", "json")
    result: dict[str, object] = json.loads(capsys.readouterr().out)
    return result


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [
        (["safe.yaml", "--base", "base.yaml", "--profile", "legacy"], 0),
        (["breaking.yaml", "--base", "base.yaml", "--profile", "legacy"], 1),
        (["breaking.yaml", "--base", "base.yaml"], 1),
        (["absent.yaml", "--base", "base.yaml"], 2),
        (["safe.yaml", "--base", "absent.yaml"], 2),
        (["safe.yaml", "--base", "base.yaml", "--profile", "none"], 2),
    ],
)
def test_exit_codes(arguments: list[str], ends: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == ends
    assert "Traceback" not in capsys.readouterr().err


def test_the_missing_bump_is_told_with_the_right_version(capsys: pytest.CaptureFixture[str]) -> None:
    result = told(capsys, "same-number.yaml", "--base", "base.yaml")
    checks = {one["name"]: one for one in result["checks"]}  # type: ignore[index, attr-defined]
    assert checks["version"]["outcome"] == "fail"
    assert "bump is missing" in checks["version"]["reason"]
    assert result["suggested_version"] == "1.1.0"


def test_the_first_version(capsys: pytest.CaptureFixture[str]) -> None:
    result = told(capsys, "base.yaml", "--base", "none")
    checks = {one["name"]: one["outcome"] for one in result["checks"]}  # type: ignore[attr-defined, index]
    assert checks["compatibility"] == checks["version"] == "pass"


def test_every_format(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    arguments = ("breaking.yaml", "--base", "base.yaml")
    run(*arguments)
    assert "✗ FAIL" in capsys.readouterr().out
    run(*arguments, "--format", "markdown")
    assert capsys.readouterr().out.startswith("<!-- lading-gate -->\n## ❌ Gate: fail")
    run(*arguments, "--format", "sarif")
    assert json.loads(capsys.readouterr().out)["version"] == "2.1.0"
    run(*arguments, "--format", "junit", "--output", "out.xml")
    assert capsys.readouterr().out == ""
    assert ElementTree.parse(here / "out.xml").getroot().tag == "testsuites"


def test_against_a_git_revision(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "orders.yaml").write_text(BASE)
    for command in (
        ["git", "init", "-q"],
        ["git", "add", "orders.yaml"],
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first"],
    ):
        subprocess.run(command, check=True)
    (here / "orders.yaml").write_text(version(BREAKING, "1.1.0"))
    result = told(capsys, "orders.yaml", "--base", "HEAD:orders.yaml", "--profile", "legacy")
    assert result["outcome"] == "fail"
    assert result["comparison"]["verdict"] == "breaking"  # type: ignore[index]


def test_the_registry_is_asked_where_there_is_no_base(capsys: pytest.CaptureFixture[str]) -> None:
    first = told(capsys, "base.yaml", "--profile", "legacy")
    assert first["outcome"] == "pass"
    assert first["profile"] == "legacy"


@pytest.mark.parametrize(("number", "ends"), [("1.1.0", 1), ("2.0.0", 0)])
def test_here_and_in_the_registry_the_answer_is_the_same(
    number: str, ends: int, called: Path, lading: Lading
) -> None:
    (called / "orders.yaml").write_bytes(orders(number, eta=False))
    asked = lading("gate", "orders.yaml", "-c", "erp/orders", "-f", "json")
    worked = lading("gate", "orders.yaml", "-c", "erp/orders", "-b", "registry:erp/orders", "-f", "json")
    assert (asked.code, worked.code) == (ends, ends)
    told = [{one["name"]: one["outcome"] for one in each.json["checks"][:-1]} for each in (asked, worked)]
    assert told[0] == told[1]
    assert asked.json["suggested_version"] == worked.json["suggested_version"] == "2.0.0"
    impact = [each.json["checks"][-1] for each in (asked, worked)]
    assert impact[0]["reason"] == "It breaks 1 consumer: acme-wms."
    assert [one["outcome"] for one in impact] == ["fail", "unchecked"], "only the registry knows who calls"


def test_a_registry_that_is_away_is_no_yes(away: str, lading: Lading) -> None:
    made = lading("gate", "base.yaml", "-c", "erp/orders")
    assert (made.code, made.out) == (2, "")
    assert f"the registry at {away} cannot be reached" in made.err


WORSE = BASE.replace("version: 1.0.0", "version: v2")


def test_waivers_from_files_count_where_the_answer_is_worked_out_here(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "worse.yaml").write_text(WORSE)
    (here / "waivers.yaml").write_text(
        "[{rule: version-semver, reason: r, owner: o, approver: b, until: 2999-12-31}]\n"
    )
    for more, counts in ((), True), (("--waivers", "waivers.yaml"), False):
        result = told(capsys, "worse.yaml", "--base", "none", *more)
        lint = next(one for one in result["checks"] if one["name"] == "lint")  # type: ignore[attr-defined]
        assert ("version-semver (1)" in lint["reason"]) is counts
        assert ("version-semver: waived by b until 2999-12-31, for o: r." in lint["reason"]) is not counts
    assert [one["code"] for one in result["suppressed"]] == ["version-semver"]  # type: ignore[attr-defined]
    assert run("worse.yaml", "--waivers", "waivers.yaml") == 2
    assert "--base" in capsys.readouterr().err


def test_a_legacy_contract_gets_no_worse(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "worse.yaml").write_text(WORSE)
    assert run("worse.yaml", "--base", "none", "--profile", "legacy") == 0
    assert run("worse.yaml", "--base", "worse.yaml", "--profile", "legacy") == 0
    capsys.readouterr()
    result = told(capsys, "worse.yaml", "--base", "base.yaml", "--profile", "legacy")
    lint = next(one for one in result["checks"] if one["name"] == "lint")  # type: ignore[attr-defined]
    assert (result["outcome"], lint["outcome"]) == ("fail", "fail")
    assert "version-semver (1 instead of 0)" in lint["reason"]


def test_the_latest_version_of_the_registry(filled: Path, lading: Lading) -> None:
    (filled / "orders.yaml").write_bytes(orders("1.1.0", eta=False))
    made = lading("gate", "orders.yaml", "-c", "erp/orders", "-b", "registry", "-f", "json")
    assert (made.code, made.json["comparison"]["verdict"]) == (1, "breaking")
    unknown = lading("gate", "orders.yaml", "-c", "erp/absent", "-b", "registry")
    assert unknown.code == 2
    assert "? UNCHECKED" in unknown.out
    assert "say --base none" in unknown.out


def test_a_registry_that_is_away_leaves_the_contract_unchecked(away: str, lading: Lading) -> None:
    made = lading("gate", "base.yaml", "-c", "erp/orders", "-b", "registry", "-f", "json")
    assert (made.code, made.json["outcome"]) == (2, "unchecked")
    assert f"the registry at {away} cannot be reached" in made.json["checks"][0]["reason"]


def test_a_change_is_approved_by_its_fingerprint(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("breaking.yaml", "--base", "base.yaml", "--profile", "legacy")
    refused = told(capsys, *arguments)
    (change,) = [one for one in refused["comparison"]["changes"] if one["verdict"] == "breaking"]  # type: ignore[index]
    entry = (
        f"- {{fingerprint: {change['fingerprint']}, reason: Asked., approver: board, until: 2999-12-31}}\n"
    )
    unused = f"- {{fingerprint: {'a' * 32}, reason: Asked., approver: board, until: 2999-12-31}}\n"
    (here / "approvals.yaml").write_text(entry + unused)
    result = told(capsys, *arguments, "--approvals", "approvals.yaml")
    assert result["outcome"] == "pass"
    assert result["approved"][0]["approver"] == "board"  # type: ignore[index]
    (note,) = result["notes"]  # type: ignore[misc]
    assert note.startswith("approvals.yaml:2: ")
    assert "is not used" in note
    (here / "approvals.yaml").write_text("- fingerprint: x\n")
    assert run(*arguments, "--approvals", "approvals.yaml") == 2


def test_the_registry_counts_no_approvals_from_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "approvals.yaml").write_text("[]\n")
    assert run("base.yaml", "--approvals", "approvals.yaml") == 2
    assert "--base" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "one FILE is judged"),
        (["base.yaml", "safe.yaml", "--base", "none"], "one FILE is judged"),
        (["--changed-since", "HEAD"], "--history and --contract out"),
        (["base.yaml", "--base", "none", "--report", "gate.md"], "FORMAT=FILE"),
        (["base.yaml", "--base", "none", "--report", "pdf=gate.pdf"], "FORMAT=FILE"),
    ],
)
def test_what_is_not_understood_is_told(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    assert said in capsys.readouterr().err


def test_reports_beside_the_answer(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--report", "markdown=gate.md", "--report", "sarif=gate.sarif")
    assert run("breaking.yaml", "--base", "base.yaml", *arguments) == 1
    assert "✗ FAIL" in capsys.readouterr().out
    assert (here / "gate.md").read_text().startswith("<!-- lading-gate -->")
    assert json.loads((here / "gate.sarif").read_text())["version"] == "2.1.0"


def _compatibility(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, str]:
    result = told(capsys, *arguments)
    check = next(one for one in result["checks"] if one["name"] == "compatibility")  # type: ignore[attr-defined]
    return check["outcome"], check["reason"]


def test_every_base_is_held(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "later.yaml").write_text(version(BREAKING, "1.2.0"))
    outcome, _ = _compatibility(capsys, "later.yaml", "--base", "breaking.yaml")
    assert outcome == "pass"
    outcome, reason = _compatibility(capsys, "later.yaml", "--base", "breaking.yaml", "--base", "base.yaml")
    assert (outcome, "since 1.0.0" in reason) == ("fail", True)
    assert run("later.yaml", "--base", "none", "--base", "base.yaml") == 2


def test_a_history_in_a_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "versions").mkdir()
    (here / "versions" / "1.yaml").write_text(BASE)
    (here / "versions" / "2.yaml").write_text(version(BREAKING, "1.1.0"))
    (here / "later.yaml").write_text(version(BREAKING, "1.2.0"))
    for more in ((), ("--base", "breaking.yaml")):
        outcome, reason = _compatibility(capsys, "later.yaml", "--history", "versions", *more)
        assert (outcome, "since 1.0.0" in reason) == ("fail", True)
    outcome, reason = _compatibility(
        capsys, "later.yaml", "--base", "breaking.yaml", "--profile", "transitive"
    )
    assert (outcome, "not known here" in reason) == ("unchecked", True)
    assert run("later.yaml", "--history", "nowhere") == 2


def test_a_profile_of_ones_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "gate.yaml").write_text("policy: policy.yaml\nrequired: [compatibility]\n")
    (here / "policy.yaml").write_text(
        "extends: backward\nverdicts: {request-property-became-required: safe}\n"
    )
    assert run("breaking.yaml", "--base", "base.yaml", "--profile", "gate.yaml") == 0
    assert run("breaking.yaml", "--profile", "gate.yaml") == 2
    assert "no profile that lies in a file" in capsys.readouterr().err
