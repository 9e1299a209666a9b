from pathlib import Path

import orjson
import pytest

from lading import cli
from tests.gateway.traffic.world import HAR
from tests.gateway.world import ORDERS

GOOD = {"method": "GET", "path": "/erp/v1/orders?limit=1", "host": "api.example", "status": 200}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.yaml").write_text(ORDERS)
    (tmp_path / "orders.har").write_bytes(HAR.read_bytes())
    (tmp_path / "good.log").write_bytes(orjson.dumps(GOOD) + b"\n")
    (tmp_path / "noise.log").write_bytes(b"started\n" + orjson.dumps(GOOD))
    (tmp_path / "empty.log").write_bytes(b"")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["audit-traffic", *arguments])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    assert isinstance(ended.value.code, int)
    return ended.value.code, shown.out + shown.err


@pytest.mark.parametrize(
    ("file", "options", "code", "words"),
    [
        ("orders.har", ("--host", "api.example"), 1, "Shadow endpoints"),
        ("good.log", (), 0, "1 exchange, 1 as the contract says"),
        ("good.log", ("--base-path", "/other"), 1, "GET /erp/v1/orders"),
        ("good.log", ("--unknown-query", "refuse"), 0, "1 exchange"),
        ("noise.log", (), 2, "unread: it is not JSON (first at line 1)"),
        ("empty.log", (), 2, "0 exchanges"),
    ],
)
def test_the_exit_code_is_the_verdict(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    options: tuple[str, ...],
    code: int,
    words: str,
) -> None:
    ended, shown = run(capsys, file, "--contract", "orders.yaml", *options)
    assert ended == code, shown
    assert words in shown


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("good.log",), "Name --contract FILE, or --bundle DIR"),
        (("good.log", "--contract", "orders.yaml", "--bundle", "."), "Name --contract FILE, or --bundle DIR"),
        (("missing.log", "--contract", "orders.yaml"), "missing.log: No such file"),
        (("good.log", "--contract", "missing.yaml"), "missing.yaml: No such file"),
        (("good.log", "--bundle", "nowhere"), "nowhere is no folder"),
        (("good.log", "--contract", "orders.yaml", "--format", "pdf"), "It is one of json"),
        (("good.log", "--contract", "orders.yaml", "--security", "x"), "It is one of form"),
        (("good.log", "--contract", "orders.yaml", "--base-path", "x"), "begins with a slash"),
        (("good.log", "--learn", "d.yaml", "--contract", "orders.yaml"), "takes none"),
        (("orders.har", "--learn", "d.yaml"), "Choose with --host"),
        (("empty.log", "--learn", "d.yaml"), "nothing to learn from"),
        ((".", "--contract", "orders.yaml"), "Is a directory"),
    ],
)
def test_what_it_cannot_do_is_said_and_ends_with_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, shown = run(capsys, *arguments)
    assert code == 2
    assert words in shown


def test_a_draft_is_learned_and_judges_its_source(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = run(capsys, "orders.har", "--host", "api.example", "--learn", "draft.yaml")
    assert (code, shown) == (0, "draft.yaml: 3 operations from 4 exchanges.\n")
    code, shown = run(capsys, "orders.har", "--host", "api.example", "--contract", "draft.yaml")
    assert code == 0, shown


@pytest.mark.parametrize("name", ["json", "junit", "markdown", "text"])
def test_a_report_goes_to_a_file(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, shown = run(capsys, "orders.har", "--contract", "orders.yaml", "-f", name, "-o", "report")
    assert (code, shown) == (1, "")
    assert "POST /orders" in (folder / "report").read_text()
