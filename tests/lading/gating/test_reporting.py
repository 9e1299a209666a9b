from __future__ import annotations

import json
from pathlib import Path

import pytest

from lading.gating.reporting import Format, render, reports, write_out
from lading.outcome import CouldNotTell
from linters.gate import Check, GateResult
from linters.gate.run import Judged, Run

RUN = Run((Judged("a.yaml", GateResult("pass", "default", ())),), ("A note.",))


def test_reports_are_understood_before_anything_runs() -> None:
    assert reports(["markdown=a=b.md"]) == [(Format.MARKDOWN, Path("a=b.md"))]
    for wrong in ("gate.md", "pdf=gate.pdf", "sarif="):
        with pytest.raises(CouldNotTell, match="not understood"):
            reports([wrong])


@pytest.mark.parametrize("format_", list(Format))
def test_every_format_is_written(format_: Format) -> None:
    assert isinstance(render(RUN, format_, single=False, to_file=True), str)


@pytest.mark.parametrize("format_", list(Format))
def test_a_name_that_is_no_text_can_be_written(format_: Format) -> None:
    bad = Judged(
        "a\udcff.yaml", GateResult("fail", "default", (Check("lint", "fail", "\udcff"),)), "a\udcff.yaml"
    )
    shown = render(Run((bad,), ("\udcff",)), format_, single=False, to_file=True)
    assert shown.encode("utf-8")


def test_as_json_one_contract_is_its_result_and_a_run_is_a_list() -> None:
    single = json.loads(render(RUN, Format.JSON, single=True, to_file=True))
    assert (single["outcome"], single["notes"]) == ("pass", ["A note."])
    run = json.loads(render(RUN, Format.JSON, single=False, to_file=True))
    assert [one["name"] for one in run["contracts"]] == ["a.yaml"]


def test_files_beside_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    beside = [(Format.MARKDOWN, tmp_path / "gate.md"), (Format.JUNIT, tmp_path / "gate.xml")]
    write_out(RUN, Format.TEXT, None, beside, single=False)
    assert "PASS" in capsys.readouterr().out
    assert "<testsuites" in (tmp_path / "gate.xml").read_text()
    with pytest.raises(CouldNotTell, match="cannot be written"):
        write_out(RUN, Format.TEXT, tmp_path / "no" / "such", (), single=False)
