from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import pytest

from contracts.positions import Position, Range
from lading.linting.running import Run
from lading.linting.watching import SHOWN, answer_of, differences, watch
from linters.lint import Finding, Severity
from linters.reports import LintReport

FINE = """\
openapi: 3.1.1
info: {title: Orders, version: 1.4.0}
paths: {/orders: {$ref: orders.yaml}}
"""
ORDERS = "get: {operationId: listOrders, responses: {}}\n"
RULES = """\
rules:
  named:
    given: $.paths.*.get.operationId
    message: 'Call it `list…`.'
    severity: error
    then: {function: pattern, functionOptions: {match: ^list}}
"""
AT = Range(Position(2, 4), Position(2, 9))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"api.yaml": FINE, "orders.yaml": ORDERS, "rules.yaml": RULES}.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def run() -> Run:
    return Run(files=("api.yaml",), ruleset="rules.yaml")


def findings(*codes: str) -> LintReport:
    found = [Finding(code, "Hm.", ("paths",), Severity.WARN, AT, "api.yaml") for code in codes]
    return LintReport(tuple(found), ("api.yaml",))


def test_an_answer_knows_everything_that_it_came_from(run: Run, here: Path) -> None:
    answer = answer_of(run)
    assert {path.name for path in answer.stamps} == {"api.yaml", "orders.yaml", "rules.yaml"}
    assert not answer.is_stale(run)


@pytest.mark.parametrize("name", ["api.yaml", "orders.yaml", "rules.yaml"])
def test_any_of_them_makes_it_stale(run: Run, here: Path, name: str) -> None:
    answer = answer_of(run)
    (here / name).write_text((here / name).read_text() + "# more\n")
    assert answer.is_stale(run)


def test_a_file_that_was_missing_or_goes_makes_it_stale(run: Run, here: Path) -> None:
    (here / "orders.yaml").unlink()
    answer = answer_of(run)
    assert not answer.is_stale(run)
    (here / "orders.yaml").write_text(ORDERS)
    assert answer.is_stale(run)
    (here / "orders.yaml").unlink()
    assert not answer.is_stale(run)


def test_a_pattern_that_means_other_files_makes_it_stale(run: Run, here: Path) -> None:
    some = replace(run, files=("a*.yaml",))
    answer = answer_of(some)
    (here / "another.yaml").write_text(FINE)
    assert answer.is_stale(some)


def test_a_ruleset_that_is_broken_or_absent_is_an_answer_that_waits_for_it(run: Run, here: Path) -> None:
    (here / "rules.yaml").write_text("rules: [")
    broken = answer_of(run)
    assert broken.report is None
    assert broken.said.startswith("not judged  rules.yaml:")
    (here / "rules.yaml").write_text(RULES)
    assert broken.is_stale(run)
    (here / "rules.yaml").unlink()
    absent = answer_of(run)
    assert "there is no ruleset rules.yaml" in absent.said
    (here / "rules.yaml").write_text(RULES)
    assert absent.is_stale(run)


def test_what_is_new_and_what_is_gone() -> None:
    assert list(differences(findings("a", "b"), findings("b", "c"))) == [
        "1 new",
        "  api.yaml:3:5  warning c: Hm.",
        "1 gone",
        "  api.yaml:3:5  warning a: Hm.",
    ]
    assert list(differences(findings("a"), findings("a"))) == ["No finding is new, and none is gone."]


def test_a_line_that_moved_is_nothing_new() -> None:
    before = findings("a")
    moved = replace(before.findings[0], range=Range(Position(9, 0), Position(9, 1)))
    assert next(differences(before, replace(before, findings=(moved,)))).startswith("No finding is new")


def test_many_new_ones_are_counted() -> None:
    lines = list(differences(findings(), findings(*(f"r{n:02}" for n in range(25)))))
    assert len(lines) == 2 + SHOWN
    assert lines[-1] == f"  … and {25 - SHOWN} more"


def script(steps: list[Callable[[], object]]) -> Callable[[float], None]:
    """A `sleep` in which things happen, and in which somebody presses Ctrl-C in the end."""
    left = iter(steps)

    def sleep(seconds: float) -> None:
        step = next(left, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    return sleep


def test_it_judges_again_when_what_was_written_has_settled(
    run: Run, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    orders = here / "orders.yaml"
    steps: list[Callable[[], object]] = [
        lambda: orders.write_text("get: {"),
        lambda: orders.write_text("get: {operationId: fetchOrders"),
        lambda: orders.write_text("get: {operationId: fetchOrders, responses: {}}\n"),
        lambda: None,
    ]
    assert watch(run, script(steps)) == 0
    shown = capsys.readouterr().out
    assert shown.count("Watching 3 files. Ctrl-C ends it.") == 2
    assert "not judged" not in shown
    assert "1 new\n  orders.yaml:1:20  error named: Call it `list…`." in shown
    assert "\x1b" not in shown


def test_a_file_that_never_settles_is_judged_all_the_same(
    run: Run, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = iter(range(12))
    steps = [lambda: (here / "api.yaml").write_text(FINE + "#" * next(texts)) for _ in range(12)]
    watch(run, script([*steps]))
    assert capsys.readouterr().out.count("Watching") >= 2


def test_an_answer_without_a_report_is_not_compared(
    run: Run, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = here / "rules.yaml"
    steps: list[Callable[[], object]] = [
        lambda: rules.write_text("rules: ["),
        lambda: None,
        lambda: rules.write_text(RULES),
        lambda: None,
    ]
    assert watch(run, script(steps)) == 0
    shown = capsys.readouterr().out
    assert "not judged  rules.yaml" in shown
    assert "No finding is new, and none is gone." in shown


@pytest.fixture
def process(here: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "lading", "lint", "api.yaml", "--ruleset", "rules.yaml", "--watch"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    started = subprocess.Popen(
        command, cwd=here, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield started
    started.kill()
    started.communicate()


def until_it_watches(stream: IO[str] | None) -> str:
    assert stream is not None
    said = ""
    for line in stream:
        said += line
        if line.startswith("Watching"):
            return said
    raise AssertionError(f"it ended: {said}")


@pytest.mark.timeout(60)
def test_as_a_process_until_somebody_presses_ctrl_c(process: subprocess.Popen[str], here: Path) -> None:
    assert "Nothing found in 1 file judged by rules.yaml." in until_it_watches(process.stdout)
    (here / "orders.yaml").write_text(ORDERS.replace("list", "fetch"))
    said = until_it_watches(process.stdout)
    assert "1 error in 1 file judged by rules.yaml." in said
    assert "1 new\n  orders.yaml:1:20" in said
    (here / "rules.yaml").write_text(RULES.replace("^list", "^fetch"))
    said = until_it_watches(process.stdout)
    assert "1 gone\n  orders.yaml:1:20" in said
    process.send_signal(signal.SIGINT)
    assert process.wait() == 0
    assert process.stderr is not None
    assert process.stderr.read() == ""
