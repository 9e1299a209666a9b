"""What the guides show is what happens."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import specs
from lading import cli

from . import guides

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "guides").glob("*.md")]
)
CODE = re.compile(r"`([a-z-]+)`")
PLAYED = [page for page in PAGES if any(guides.sessions((ROOT / page).read_text("utf-8")))]


def prepare(name: str | None, folder: Path) -> None:
    """The folder that a guide begins in: `orders` and `delivery` have an older contract committed."""
    if name is None:
        return
    before, after, target = {
        "orders": ("history/orders@1.4.0.openapi", "orders.openapi", "orders.yaml"),
        "delivery": ("last-mile.openapi", "history/last-mile-breaking-proposal.openapi", "delivery.yaml"),
    }[name]
    place = folder / "api" / target
    place.parent.mkdir()
    shutil.copy(specs.path(before), place)
    for words in (["init", "-q", "."], ["add", "."], ["commit", "-q", "-m", "before"]):
        step = guides.Step(0, ("git", *words), 0, "")
        assert guides.run_other(step, folder) == 0
    shutil.copy(specs.path(after), folder / "api" / target)


@pytest.mark.parametrize("page", PLAYED)
def test_sessions_go_as_the_guide_shows(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    guide = (ROOT / page).read_text("utf-8")
    monkeypatch.chdir(tmp_path)
    for name, value in {"COLUMNS": "100", "NO_COLOR": "1", "LADING_DATA": str(tmp_path / ".lading")}.items():
        monkeypatch.setenv(name, value)
    for name in ("LADING_CONFIG", "LADING_DATABASE_URL", "LADING_REGISTRY_URL", "LADING_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    prepare(guides.fixture(guide), tmp_path)
    for step in guides.sessions(guide):
        if isinstance(step, guides.Written):
            (tmp_path / step.name).write_text(step.text, "utf-8")
            continue
        where = f"{page}:{step.line}: {' '.join(step.words)}"
        if step.words[0] != "lading":
            assert guides.run_other(step, tmp_path) == step.exits, where
            continue
        assert step.words[1] not in guides.SERVERS, f"{where}: a server belongs into a sh block"
        with pytest.raises(SystemExit) as ended:
            cli.main(step.words[1:])
        shown = capsys.readouterr()
        assert ended.value.code == step.exits, f"{where}\n{shown.out}{shown.err}"
        lacking = guides.missing(step.output, shown.out + shown.err)
        assert lacking is None, f"{where}: no line like {lacking!r} in\n{shown.out}{shown.err}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_take_what_the_page_gives_them(page: str) -> None:
    refused = []
    for line, words in guides.commands((ROOT / page).read_text("utf-8")):
        try:
            guides.parsed(words)
        except (KeyError, guides.typer.TyperException) as error:
            refused.append(f"{page}:{line}: lading {' '.join(words)}: {error!r}")
    assert refused == []


def test_the_refusals_that_consumers_are_told_of_exist() -> None:
    page = (ROOT / "docs" / "guides" / "consumer.md").read_text("utf-8")
    told = {
        code for row in re.findall(r"^\| [45].*?\|(.*?)\|", page, re.MULTILINE) for code in CODE.findall(row)
    }
    source = "".join(module.read_text("utf-8") for module in (ROOT / "gateway").rglob("*.py"))
    assert len(told) > 10
    assert sorted(code for code in told if f'"{code}"' not in source) == []


def test_the_extensions_that_architects_are_told_of_are_read() -> None:
    page = (ROOT / "docs" / "guides" / "architect.md").read_text("utf-8")
    table = page.partition("## What contracts say to the rules")[2].partition("\n## ")[0]
    told = {name for row in re.findall(r"^\| (`x-.*?) \|", table, re.MULTILINE) for name in CODE.findall(row)}
    rules = "".join(pack.read_text("utf-8") for pack in (ROOT / "policies" / "lint").glob("*.yaml"))
    read = rules + (ROOT / "linters/lint/functions/asyncapi/publisher.py").read_text("utf-8")
    assert len(told) > 10
    assert sorted(name for name in told if name not in read) == []


def test_a_made_up_option_is_found() -> None:
    page = "```sh\nlading lint a.yaml --colour\n```\n"
    [(line, words)] = guides.commands(page)
    assert line == 2
    with pytest.raises(guides.typer.TyperException):
        guides.parsed(words)


def test_output_that_never_was_is_found() -> None:
    real = "one line\nand  another\nthe end"
    assert guides.missing("one line\n…\nthe …", real) is None
    assert guides.missing("and another", real) is None
    assert guides.missing("the end\none line", real) == "one line"


def test_a_session_is_read_with_its_exit_codes() -> None:
    page = "<!-- file: a.txt -->\n```yaml\nx: 1\n```\n```console\n$ lading lint 'a b'  # exits with 1\nout\n$ git status\n```\n"
    assert list(guides.sessions(page)) == [
        guides.Written("a.txt", "x: 1\n"),
        guides.Step(6, ("lading", "lint", "a b"), 1, "out"),
        guides.Step(8, ("git", "status"), 0, ""),
    ]
