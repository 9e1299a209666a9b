"""The GitHub Action, the GitLab template and the pre-commit hooks: their own shell commands, in a real repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
import yaml

from tests.lading.gating.branches import build, git, write

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab-gate.yml").read_text("utf-8"))
HOOKS = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
OUTCOMES = {
    "breaking": 1,
    "safe": 0,
    "new": 0,
    "new-with-errors": 1,
    "deleted": 1,
    "broken": 2,
    "unrelated": 0,
}


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    outputs: Mapping[str, str]


class Runner:
    """A machine of a CI system: a clone of the repository, and `lading` and `gh` on the path."""

    def __init__(self, folder: Path, origin: Path) -> None:
        self.origin = origin
        self.clone = folder / "clone"
        self.temp = folder / "temp"
        self.temp.mkdir()
        tools = folder / "tools"
        tools.mkdir()
        self._tool(tools / "lading", f'exec {shlex.quote(sys.executable)} -m lading "$@"')
        # Answers with the id of a comment if a file names one, and keeps what it was asked.
        self._tool(
            tools / "gh",
            f'printf "%s\\n" "$*" >> {folder}/gh.log; case "$*" in *--paginate*) cat {folder}/comment || true;; esac',
        )
        self.folder = folder
        kept = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("LADING_", "GITHUB_", "CI"))
        }
        self.env = {
            **kept,
            "PATH": f"{tools}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "NO_COLOR": "1",
            "LADING_DATA": str(folder / "data"),
        }

    @staticmethod
    def _tool(path: Path, line: str) -> None:
        path.write_text(f"#!/bin/sh\n{line}\n")
        path.chmod(0o755)

    def checkout(self, branch: str, *, depth: int | None = None) -> None:
        shallow = ("--depth", str(depth)) if depth else ()
        git(
            self.folder, "clone", "-q", *shallow, "--branch", branch, f"file://{self.origin}", str(self.clone)
        )

    def shell(
        self, script: str, env: Mapping[str, str], shell: tuple[str, ...]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*shell, "-c", script],
            cwd=self.clone,
            env={**self.env, **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def action(self, **inputs: str) -> Done:
        """The action's steps after the installation, as GitHub runs them: all until one fails, and those with `always()`."""
        given = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        given |= {"base": "main", "token": "t", **inputs}
        outputs = self.temp / "outputs"
        outputs.touch()
        summary = self.temp / "summary"
        code, said = 0, ""
        for step in ACTION["runs"]["steps"]:
            if (
                "run" not in step
                or step["name"] == "Install"
                or (code and "always()" not in step.get("if", ""))
            ):
                continue
            told = dict(line.split("=", 1) for line in outputs.read_text().splitlines())
            env = {name: self._value(text, given, told) for name, text in step.get("env", {}).items()}
            env |= {
                "GITHUB_OUTPUT": str(outputs),
                "GITHUB_STEP_SUMMARY": str(summary),
                "GITHUB_REPOSITORY": "acme/contracts",
                "RUNNER_TEMP": str(self.temp),
            }
            done = self.shell(step["run"], env, ("bash", "--noprofile", "--norc", "-eo", "pipefail"))
            said += done.stdout + done.stderr
            code = code or done.returncode
        return Done(code, said, dict(line.split("=", 1) for line in outputs.read_text().splitlines()))

    @staticmethod
    def _value(text: str, inputs: Mapping[str, str], outputs: Mapping[str, str]) -> str:
        def known(match: re.Match[str]) -> str:
            name = match[1]
            if name.startswith("inputs."):
                return inputs[name.removeprefix("inputs.")]
            if name.startswith("steps.gate.outputs."):
                return outputs.get(name.removeprefix("steps.gate.outputs."), "")
            return {"github.event.pull_request.number": "7"}[name]

        return EXPRESSION.sub(known, text)

    def gitlab(self, **variables: str) -> subprocess.CompletedProcess[str]:
        env = {name: str(value) for name, value in GITLAB["variables"].items()}
        env |= {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", **variables}
        return self.shell("\n".join(GITLAB["lading-gate"]["script"]), env, ("sh", "-e"))


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("origin") / "repository")


@pytest.fixture
def runner(origin: Path, tmp_path: Path) -> Runner:
    return Runner(tmp_path, origin)


@pytest.mark.parametrize(("branch", "code"), OUTCOMES.items())
def test_the_action_answers_with_its_exit_code_and_reports(branch: str, code: int, runner: Runner) -> None:
    runner.checkout(branch)
    done = runner.action()
    assert (done.code, done.outputs["exit-code"]) == (code, str(code)), done.out
    shown = Path(done.outputs["markdown"]).read_text("utf-8")
    assert shown.startswith("<!-- lading-gate -->\n## ")
    assert (runner.temp / "summary").read_text("utf-8") == shown
    assert ("::error" in done.out) is (code != 0)
    log = json.loads(Path(done.outputs["sarif"]).read_text("utf-8"))
    assert log["runs"][0]["properties"]["outcome"] == {0: "pass", 1: "fail", 2: "unchecked"}[code]
    assert ElementTree.parse(done.outputs["junit"]).getroot().tag == "testsuites"


def test_a_shallow_clone_is_deepened_first(runner: Runner) -> None:
    runner.checkout("breaking", depth=1)
    done = runner.action()
    assert done.code == 1, done.out
    assert "1 breaking change since 1.0.0" in done.out


def test_without_the_history_nothing_is_let_pass(runner: Runner) -> None:
    runner.checkout("safe", depth=1)
    done = runner.shell("lading gate --changed-since origin/main", {}, ("sh",))
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stderr


def test_no_branch_to_compare_with_is_no_yes(runner: Runner) -> None:
    runner.checkout("safe")
    done = runner.action(base="")
    assert done.code == 2
    assert "::error title=Lading::There is no branch" in done.out


def test_the_comment_is_written_once_and_then_anew(runner: Runner) -> None:
    runner.checkout("breaking")
    runner.action()
    asked = (runner.folder / "gh.log").read_text().splitlines()
    assert "--method POST repos/acme/contracts/issues/7/comments --field body=@" in asked[-1]
    assert 'startswith("<!-- lading-gate -->")' in asked[0]
    (runner.folder / "comment").write_text("4711\n4712\n")
    runner.action()
    asked = (runner.folder / "gh.log").read_text().splitlines()
    assert "--method PATCH repos/acme/contracts/issues/comments/4711 --field" in asked[-1]


def test_contracts_are_chosen_by_patterns_and_inputs_are_no_code(runner: Runner) -> None:
    runner.checkout("breaking")
    done = runner.action(contracts="api/old.yaml\n\nvalues.yaml\n")
    assert done.code == 0, done.out
    evil = runner.action(contracts="$(touch evil); `touch evil`", profile='default"; touch evil; "')
    assert evil.code == 2
    assert not (runner.clone / "evil").exists()


def fingerprint(report: Path) -> str:
    results: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))["runs"][0]["results"]
    marks = [one["partialFingerprints"].get("ladingChange/v1") for one in results if one["level"] == "error"]
    (mark,) = [one for one in marks if one]
    return str(mark)


def approve(runner: Runner, mark: str, branch: str) -> None:
    git(runner.clone, "checkout", "-q", branch)
    entry = f"- fingerprint: '{mark}'\n  reason: Both callers were asked.\n  approver: board\n  until: 2999-12-31\n"
    write(runner.clone, "approvals.yaml", entry)
    git(runner.clone, "add", ".")
    git(runner.clone, "commit", "-q", "-m", "approve")


def test_a_branch_cannot_approve_itself_and_the_base_branch_can(tmp_path: Path) -> None:
    runner = Runner(tmp_path, build(tmp_path / "origin"))
    runner.checkout("breaking")
    mark = fingerprint(Path(runner.action().outputs["sarif"]))
    approve(runner, mark, "breaking")
    own = runner.action(approvals="approvals.yaml")
    assert own.code == 2, own.out
    assert "but not in 'origin/main'" in own.out
    approve(runner, mark, "main")
    git(runner.clone, "push", "-q", "origin", "main:refs/heads/approved")
    git(runner.clone, "checkout", "-q", "breaking")
    done = runner.action(approvals="approvals.yaml", base="approved")
    assert done.code == 0, done.out
    assert "approved by board until 2999-12-31: Both callers were asked" in done.out


@pytest.mark.parametrize("branch", ["breaking", "safe", "broken"])
def test_the_gitlab_template(branch: str, runner: Runner) -> None:
    runner.checkout(branch)
    done = runner.gitlab()
    assert done.returncode == OUTCOMES[branch], done.stdout + done.stderr
    for name in (*GITLAB["lading-gate"]["artifacts"]["paths"], "gate.xml"):
        assert (runner.clone / name).stat().st_size > 0


def test_the_gitlab_template_deepens_chooses_and_takes_approvals_of_the_target(runner: Runner) -> None:
    runner.checkout("breaking", depth=1)
    assert runner.gitlab(GATE_CONTRACTS="api/old.yaml values.yaml").returncode == 0
    done = runner.gitlab(GATE_APPROVALS="approvals.yaml")
    assert done.returncode == 2
    assert "does not exist in 'origin/main'" in done.stderr


class GitLab(BaseHTTPRequestHandler):
    """As much of GitLab's API as the template's note needs; `notes` of one merge request, 120 of them by others."""

    notes: list[dict[str, Any]]

    def do_GET(self) -> None:
        if self.path == "/user":
            self._answer({"id": 1})
            return
        page = int(parse_qs(urlsplit(self.path).query)["page"][0])
        self._answer(self.notes[(page - 1) * 100 : page * 100])

    def do_POST(self) -> None:
        assert self.path == "/projects/5/merge_requests/7/notes"
        self.notes.append({"id": 900, "author": {"id": 1}, "body": self._body()})
        self._answer({})

    def do_PUT(self) -> None:
        (note,) = [one for one in self.notes if self.path.endswith(f"/notes/{one['id']}")]
        note["body"] = self._body()
        self._answer({})

    def _body(self) -> str:
        assert self.headers["PRIVATE-TOKEN"] == "t"
        return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

    def _answer(self, value: Any) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_the_gitlab_note_is_written_once_and_then_anew(runner: Runner) -> None:
    runner.clone.mkdir()
    marked = "<!-- lading-gate -->\nfirst"
    GitLab.notes = [{"id": n, "author": {"id": 2}, "body": marked} for n in range(120)]
    (script,) = GITLAB["lading-gate"]["after_script"]
    with ThreadingHTTPServer(("127.0.0.1", 0), GitLab) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        env = {
            "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}",
            "CI_PROJECT_ID": "5",
            "CI_MERGE_REQUEST_IID": "7",
            "GATE_NOTE_TOKEN": "t",
        }
        for report in (marked, marked.replace("first", "second")):
            (runner.clone / "gate.md").write_text(report)
            done = runner.shell(script, env, ("sh", "-e"))
            assert (done.returncode, done.stdout) == (0, ""), done.stderr
            assert [one["body"] for one in GitLab.notes if one["author"]["id"] == 1] == [report]
        server.shutdown()
    assert len(GitLab.notes) == 121
    away = runner.shell(script, env, ("sh", "-e"))
    assert away.returncode == 0
    assert "The note could not be written" in away.stdout
    assert runner.shell(script, {**env, "GATE_NOTE_TOKEN": ""}, ("sh", "-e")).stdout == ""


def hook(name: str, *files: str) -> str:
    held = HOOKS[name]
    words = [
        *shlex.split(held["entry"]),
        *held.get("args", []),
        *(files if held.get("pass_filenames", True) else ()),
    ]
    return shlex.join(words)


@pytest.mark.parametrize("branch", ["breaking", "safe"])
def test_the_hook_judges_what_the_branch_changed(branch: str, runner: Runner) -> None:
    git(runner.origin, "checkout", "-q", "main")
    runner.checkout(branch)
    done = runner.shell(hook("lading-gate", "api/orders.yaml"), {}, ("sh",))
    assert done.returncode == OUTCOMES[branch], done.stdout + done.stderr


def test_the_lint_hook_judges_the_files_that_it_is_given(runner: Runner) -> None:
    runner.checkout("new-with-errors")
    pattern = re.compile(HOOKS["lading-lint"]["files"])
    assert pattern.search("api/openapi.yaml")
    assert pattern.search("api/orders.asyncapi-v2.json")
    assert not pattern.search("values.yaml")
    done = runner.shell(hook("lading-lint", "api/returns.yaml"), {}, ("sh",))
    assert done.returncode == 1
    assert "version-semver" in done.stdout


def test_no_action_of_third_parties_is_used() -> None:
    used = [step["uses"] for step in ACTION["runs"]["steps"] if "uses" in step]
    assert used == ["actions/setup-python@v5"]


def test_no_expression_stands_in_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", ""), "an expression in a script is code of whoever sets it"
