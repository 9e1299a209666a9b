from __future__ import annotations

from xml.etree import ElementTree

from linters.gate import Profile, decide
from linters.gate.reports import junit
from linters.gate.run import Judged, Run, unjudged
from tests.linters.diff.building import http
from tests.linters.gate.building import breaking, one, request


def test_one_case_for_each_check_and_only_deciding_ones_fail() -> None:
    root = ElementTree.fromstring(
        junit.render(one(decide(request(*breaking("1.1.0")), Profile()), "a\x07b")).encode()
    )
    (suite,) = root
    assert suite.get("failures") == "2"
    assert suite.get("errors") == "0"
    cases = {case.get("name"): case for case in suite}
    assert cases["compatibility"].find("failure") is not None
    assert cases["impact"].find("error") is None
    assert len(cases) == 6


def test_a_title_that_no_xml_can_hold_is_written_without_it() -> None:
    text = junit.render(one(decide(request(None, http(), findings=None), Profile()), "a\ufffe\x00\ud800b"))
    assert ElementTree.fromstring(text.encode())[0].get("name") == "a���b"


def test_each_contract_is_a_suite_and_what_breaks_stands_in_the_failure() -> None:
    bad = decide(request(*breaking("1.1.0")), Profile())
    run = Run((Judged("a", unjudged("", "It ends early.")), Judged("b", bad, "api/b.yaml")))
    root = ElementTree.fromstring(junit.render(run).encode())
    assert [suite.get("name") for suite in root] == ["b", "a"]
    case = next(case for case in root[0] if case.get("name") == "compatibility")
    failure = case.find("failure")
    assert failure is not None
    assert str(failure.text).startswith("breaking: POST /orders: ")
    assert case.get("file") == "api/b.yaml"
    assert root[1].get("errors") == "1"
