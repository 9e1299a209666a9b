from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lading import cli
from linters.reports import aliases, available

GOOD = """\
openapi: 3.1.1
info:
  title: Orders
  version: 1.4.0
  description: Orders of the shop.
  x-owner: order-desk
  contact: {email: orders@example.com}
paths: {}
"""
WARNS = GOOD.replace("  x-owner: order-desk\n", "")
FAILS = GOOD.replace("1.4.0", "v1")
BROKEN = "openapi: 3.1.1\ninfo: {title: [\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"good": GOOD, "warns": WARNS, "fails": FAILS, "broken": BROKEN}.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as raised:
        cli.main(["lint", *arguments])
    assert isinstance(raised.value.code, int)
    return raised.value.code


def codes(text: str) -> list[str]:
    return [finding["code"] for finding in json.loads(text)]


@pytest.mark.parametrize(
    ("arguments", "ends"),
    [
        (["good.yaml"], 0),
        (["warns.yaml"], 0),
        (["warns.yaml", "--fail-severity", "warn"], 1),
        (["good.yaml", "--fail-severity", "hint"], 0),
        (["fails.yaml"], 1),
        (["fails.yaml", "--fail-severity", "never"], 0),
        (["fails.yaml", "--ruleset", "lading:auth"], 0),
        (["broken.yaml"], 2),
        (["absent.yaml"], 2),
        (["fails.yaml", "broken.yaml"], 2),
        (["*.none"], 2),
        (["."], 2),
        (["good.yaml", "--format", "pdf"], 2),
        (["good.yaml", "--ruleset", "lading:nothing"], 2),
        (["good.yaml", "--ruleset", "absent.yaml"], 2),
        (["good.yaml", "--ruleset", "broken.yaml"], 2),
        (["good.yaml", "--fail-severity", "fatal"], 2),
        (["good.yaml", "--output", "no/such/folder.txt"], 2),
        ([], 2),
    ],
)
def test_how_it_ends(arguments: list[str], ends: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments) == ends
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert ends != 2 or captured.err or "not judged" in captured.out


def test_findings_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fails.yaml", "--format", "json") == 1
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["code"] == "version-semver"
    assert finding["path"] == ["info", "version"]
    assert finding["severity"] == 0
    assert finding["source"] == "fails.yaml"
    assert finding["range"] == {"start": {"line": 3, "character": 11}, "end": {"line": 3, "character": 13}}
    assert "`v1` is not MAJOR.MINOR.PATCH" in finding["message"]


def test_the_lines_in_question_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    run("fails.yaml", "--no-excerpts")
    assert "│" not in capsys.readouterr().out


def test_a_format_that_was_misspelt_is_guessed_before_anything_is_judged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("absent.yaml", "--format", "sarfi") == 2
    captured = capsys.readouterr()
    assert "Did you mean sarif?" in captured.err
    assert "absent.yaml" not in captured.err


def test_text_shows_the_line_and_where_to_read_on(capsys: pytest.CaptureFixture[str]) -> None:
    run("fails.yaml")
    shown = capsys.readouterr().out
    assert "4 │   version: v1\n          │            ^^" in shown
    assert "1 error in 1 file judged by lading:recommended." in shown
    assert "lading explain version-semver" in shown


def test_one_unreadable_file_does_not_keep_the_others_from_being_judged(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("broken.yaml", "absent.yaml", "fails.yaml", "--format", "json") == 2
    captured = capsys.readouterr()
    assert codes(captured.out) == ["version-semver"]
    assert "broken.yaml:" in captured.err
    assert "absent.yaml: No such file or directory." in captured.err


def test_patterns_are_expanded_and_each_file_judged_once(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "api" / "deep").mkdir(parents=True)
    (here / "api" / "deep" / "a.yaml").write_text(FAILS)
    assert run("api/**/*.yaml", "api/deep/a.yaml", "--format", "json") == 1
    assert [f["source"] for f in json.loads(capsys.readouterr().out)] == ["api/deep/a.yaml"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FAILS.encode())))
    assert run("-", "--format", "json") == 1
    assert [f["source"] for f in json.loads(capsys.readouterr().out)] == ["stdin"]


def test_a_ruleset_of_ones_own_extends_ours_and_a_file(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "rules").mkdir()
    (here / "rules" / "base.yaml").write_text(
        "rules:\n  no-paths:\n    given: $.paths\n    severity: hint\n    then: {function: falsy}\n"
    )
    (here / "rules" / "mine.yaml").write_text(
        "extends: ['lading:versioning', ./base.yaml]\nrules: {version-semver: warn}\n"
    )
    assert run("fails.yaml", "--ruleset", "rules/mine.yaml", "--format", "json") == 0
    found = {f["code"]: f["severity"] for f in json.loads(capsys.readouterr().out)}
    assert found == {"version-semver": 1, "no-paths": 3}


def test_a_ruleset_reads_nothing_outside_its_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "rules").mkdir()
    (here / "rules" / "mine.yaml").write_text("extends: ../../outside.yaml\n")
    (here.parent / "outside.yaml").write_text("rules: {}\n")
    assert run("good.yaml", "--ruleset", "rules/mine.yaml") == 2
    assert "outside" in capsys.readouterr().err


def test_findings_in_another_file_name_it_as_seen_from_here(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "api").mkdir()
    (here / "api" / "root.yaml").write_text(
        GOOD.replace("paths: {}", "paths: {/orders: {$ref: ./orders.yaml}}")
    )
    (here / "house.yaml").write_text("extends: [[lading:errors, off]]\nrules: {error-status-known: true}\n")
    (here / "api" / "orders.yaml").write_text(
        "get:\n  tags: [a]\n  operationId: list\n  responses: {'499': {description: a}}\n"
    )
    run("api/root.yaml", "--format", "json", "--ruleset", "house.yaml")
    (finding,) = json.loads(capsys.readouterr().out)
    assert finding["source"] == "api/orders.yaml"
    assert finding["range"]["start"]["line"] == 3


def test_duplicate_keys_are_a_finding_and_the_rest_is_judged(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "twice.yaml").write_text(GOOD + "openapi: 3.0.3\n")
    assert run("twice.yaml", "--format", "json") == 1
    assert "parser" in codes(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("just: notes\n", "does not say which specification"),
        ("openapi: 9.9.9\n", "no version that Lading reads"),
        ("arazzo: 1.0.0\n", "No rule of the ruleset is about documents of this format"),
    ],
)
def test_what_no_rule_is_about_was_not_judged(
    text: str, words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "notes.yaml").write_text(text)
    assert run("notes.yaml", "--ruleset", "lading:auth") == 2
    assert words in " ".join(capsys.readouterr().out.split())


def test_a_ruleset_for_any_document_judges_any_document(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "notes.yaml").write_text("just: notes\n")
    (here / "rules.yaml").write_text("rules: {titled: {given: $, then: {field: title, function: truthy}}}\n")
    assert run("notes.yaml", "--format", "json", "--ruleset", "rules.yaml") == 0
    assert codes(capsys.readouterr().out) == ["titled"]


@pytest.mark.parametrize("name", [*available(), *aliases()])
def test_a_report_can_be_written_to_a_file(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fails.yaml", "broken.yaml", "--format", name, "--output", "report") == 2
    assert capsys.readouterr().out == ""
    text = (here / "report").read_text("utf-8")
    assert "version-semver" in text
    if name == "junit":
        assert ElementTree.fromstring(text).get("errors") == "1"


def test_many_findings_of_a_rule_are_counted_unless_all_are_asked_for(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = "".join(f"        a_{number}: {{type: string}}\n" for number in range(30))
    schema = f"components:\n  schemas:\n    Order:\n      type: object\n      properties:\n{names}"
    (here / "many.yaml").write_text(GOOD + schema)
    run("many.yaml", "--ruleset", "lading:camel")
    assert "… and 20 more of naming-property-camel" in capsys.readouterr().out
    run("many.yaml", "--ruleset", "lading:camel", "--all")
    assert capsys.readouterr().out.count("is not camelCase") == 30


def test_help_shows_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    shown = capsys.readouterr().out
    assert "lading lint 'api/**/*.yaml' --fail-severity warn" in shown
    assert "sarif" in shown


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["openapi/dcsa", "openapi/wms", "openapi/opentripmodel", "asyncapi"])
def test_real_contracts_are_judged_to_the_end(
    folder: str, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # Files that only others refer to name no specification of their own.
    files = [str(path) for path in sorted((corpus / folder).rglob("*.y*ml")) if path.parent.name != "common"]
    assert run(*files, "--ruleset", "lading:all", "--format", "json") == 1
    captured = capsys.readouterr()
    assert captured.err == ""
    found = json.loads(captured.out)
    assert {finding["source"] for finding in found} <= set(files)
    assert not [f for f in found if re.search(r"\{\{(error|property|path|value|description)", f["message"])]


IGNORES = FAILS + "x-lading-ignore: {rule: version-semver, reason: The partner's system reads it so.}\n"


def test_what_a_contract_ignores_does_not_fail_and_is_not_lost(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "ignores.yaml").write_text(IGNORES)
    assert run("ignores.yaml", "--format", "json") == 0
    assert codes(capsys.readouterr().out) == []
    assert run("ignores.yaml", "--format", "json", "--ignores", "errors-excepted") == 1
    assert codes(capsys.readouterr().out) == ["version-semver"]


def test_files_that_two_contracts_share_are_used_if_either_needs_them(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ignored = (
        "x-lading-ignore: {rule: error-status-known, reason: r}, get: {responses: {'499': {description: a}}}"
    )
    (here / "shared.yaml").write_text(f"a: {{{ignored}}}\nb: {{}}\n")
    (here / "one.yaml").write_text(GOOD.replace("paths: {}", "paths: {/a: {$ref: 'shared.yaml#/a'}}"))
    (here / "two.yaml").write_text(GOOD.replace("paths: {}", "paths: {/b: {$ref: 'shared.yaml#/b'}}"))
    (here / "house.yaml").write_text("extends: [[lading:errors, off]]\nrules: {error-status-known: true}\n")
    asked = ("--format", "json", "--ruleset", "house.yaml")
    run("one.yaml", "two.yaml", *asked)
    assert codes(capsys.readouterr().out) == []
    run("two.yaml", *asked)
    assert codes(capsys.readouterr().out) == ["ignore-unused"]


def test_waivers_come_from_files_that_are_named(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waiver = "{rule: version-semver, reason: r, owner: o, approver: b, until: 2999-12-31}"
    (here / ".lading-waivers.yaml").write_text(f"[{waiver}]\n")
    assert run("fails.yaml", "--format", "json") == 1
    capsys.readouterr()
    assert run("fails.yaml", "--format", "json", "--waivers", ".lading-waivers.yaml") == 0
    assert codes(capsys.readouterr().out) == []
    (here / "old.yaml").write_text(f"[{waiver.replace('2999', '2001')}]\n")
    assert run("fails.yaml", "--format", "json", "--waivers", "old.yaml") == 1
    assert codes(capsys.readouterr().out) == ["version-semver", "waiver-expired"]
    (here / "broken.yaml").write_text("[{rule: version-semver}]\n")
    assert run("fails.yaml", "--waivers", "broken.yaml") == 2
    assert "broken.yaml:1:2: The waiver has no 'reason'." in capsys.readouterr().err


FIXABLE = GOOD.replace(
    "paths: {}",
    "paths: {/orders: {get: {x-deprecated-at: 2029-01-01, x-sunset: 2030-01-01, x-replaced-by: none, responses: {}}}}  # all",
)


def test_fix_mends_in_place_and_judges_what_is_left(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "fixable.yaml").write_text(FIXABLE)
    assert run("fixable.yaml", "--fix", "--ruleset", "lading:lifecycle", "--format", "json") == 0
    out, err = capsys.readouterr()
    assert err == "lading: mended 1 in fixable.yaml: Mark it as deprecated\n"
    assert "responses: {}, deprecated: true}}}  # all" in (here / "fixable.yaml").read_text()
    assert "lifecycle-sunset-deprecated" not in out


def test_suggested_fixes_are_made_on_request_only(here: Path) -> None:
    assert run("fails.yaml", "--fix") == 1
    assert (here / "fails.yaml").read_text() == FAILS
    assert run("fails.yaml", "--fix-suggested") == 0
    assert (here / "fails.yaml").read_text() == FAILS.replace("v1", "'1.0.0'")


def test_a_dry_run_shows_a_diff_and_ends_with_1_if_there_is_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("fails.yaml", "--fix-suggested", "--dry-run") == 1
    out = capsys.readouterr().out
    assert "-  version: v1\n+  version: '1.0.0'\n" in out
    assert (here / "fails.yaml").read_text() == FAILS
    assert run("good.yaml", "--dry-run") == 0


def test_what_is_ignored_is_not_mended(here: Path) -> None:
    (here / "ignores.yaml").write_text(IGNORES)
    assert run("ignores.yaml", "--fix-suggested") == 0
    assert (here / "ignores.yaml").read_text() == IGNORES


def test_a_ratchet_lets_pass_what_was_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = ("fails.yaml", "--ratchet", "baseline.json")
    assert run(*held) == 2
    assert "--update-ratchet" in capsys.readouterr().err
    assert run("fails.yaml", "--update-ratchet") == 2
    assert run(*held, "--update-ratchet") == 0
    assert run(*held) == 0
    (here / "fails.yaml").write_text(FAILS.replace("  contact: {email: orders@example.com}\n", ""))
    capsys.readouterr()
    assert run(*held) == 1, "a warning more, though only errors fail otherwise"
    assert "ratchet  fails.yaml: lifecycle-contact 1 times, 0 may be" in capsys.readouterr().out
    assert run(*held, "--fail-severity", "never") == 0
    capsys.readouterr()
    assert run(*held, "--format", "json") == 1
    captured = capsys.readouterr()
    assert codes(captured.out) == ["lifecycle-contact"]
    assert "ratchet  fails.yaml" in captured.err
    assert run("fails.yaml", "broken.yaml", "--ratchet", "other.json", "--update-ratchet") == 2
    assert not (here / "other.json").exists(), "what was not judged to its end is no baseline"


def test_only_what_changed_since_a_revision(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fails.yaml", "--changed-since", "HEAD") == 2
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "x"],
    ):
        subprocess.run(["git", *command], check=True)
    assert run("fails.yaml", "--changed-since", "HEAD") == 0
    assert "1 finding is where nothing was touched" in capsys.readouterr().out
    (here / "fails.yaml").write_text(FAILS.replace("v1", "v2"))
    assert run("fails.yaml", "--changed-since", "HEAD") == 1


def test_a_score_for_each_area(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("fails.yaml", "--score") == 1
    shown = " ".join(capsys.readouterr().out.split())
    assert "versioning 25" in shown
    assert re.search(r"not asked about: [a-z, ]*events", shown)


@pytest.mark.parametrize(
    "more",
    [
        ["--format", "json"], ["--output", "report"], ["--fix"], ["--dry-run"], ["-"],
        ["--ratchet", "b.json", "--update-ratchet"],
    ],
)  # fmt: skip
def test_watching_is_for_a_terminal(more: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("good.yaml", "--watch", *more) == 2
    assert "--watch shows files in the terminal" in capsys.readouterr().err
