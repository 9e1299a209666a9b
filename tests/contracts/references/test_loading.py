"""Sets are put together from what was handed in, and from nothing else."""

import pytest

from contracts.document import parse
from contracts.errors import ContractError, LimitExceeded, UnresolvableReference
from contracts.limits import Limits
from contracts.references import from_files, load


def test_only_what_is_needed_is_asked_for_once() -> None:
    asked = []
    files = {"b.yaml": b"x: {$ref: 'c.yaml'}\ny: {$ref: 'a.yaml#/z'}", "c.yaml": b"{$ref: 'b.yaml#/y'}"}

    def retrieve(name: str) -> bytes:
        asked.append(name)
        return files[name]

    found = load(parse(b"z: 1\np: {$ref: 'b.yaml#/x'}\nq: {$ref: 'b.yaml#/y'}", "a.yaml"), retrieve)
    assert asked == ["b.yaml", "c.yaml"]
    assert found.problems == ()
    assert set(found.documents) == {"a.yaml", "b.yaml", "c.yaml"}


def test_without_a_retriever_every_other_document_is_a_problem() -> None:
    found = load(parse(b"a:\n  $ref: 'b.yaml#/x'\n", "a.yaml"))
    (problem,) = found.problems
    assert (problem.code, problem.source, problem.line, problem.pointer) == (
        "reference-outside",
        "a.yaml",
        2,
        "/a/$ref",
    )


def test_nothing_outside_the_folder_is_asked_for() -> None:
    def retrieve(name: str) -> bytes:
        raise AssertionError(f"{name} was asked for")

    text = b"a: {$ref: '../b.yaml'}\nb: {$ref: '/etc/passwd'}\nc: {$ref: '..%2f..%2fx.yaml'}"
    found = load(parse(text, "a.yaml"), retrieve)
    assert [problem.code for problem in found.problems] == ["reference-outside"] * 3
    assert all("own folder" in problem.advice for problem in found.problems)


def test_the_retriever_s_refusal_is_told_at_the_reference() -> None:
    def retrieve(name: str) -> bytes:
        raise UnresolvableReference("reference-outside", f"{name} is not on the list.", advice="Ask for it.")

    (problem,) = load(parse(b"\na: {$ref: 'https://h/x.yaml#/y'}", "a.yaml"), retrieve).problems
    assert (problem.message, problem.line, problem.advice) == (
        "https://h/x.yaml is not on the list.",
        2,
        "Ask for it.",
    )


def test_a_broken_file_is_told_at_the_reference_and_by_its_own_place() -> None:
    (problem,) = from_files({"a.yaml": b"a: {$ref: 'b.yaml'}", "b.yaml": b"x: [1"}, "a.yaml").problems
    assert (problem.code, problem.source, problem.pointer) == ("reference-unreadable", "a.yaml", "/a/$ref")
    assert "b.yaml:" in problem.advice


def test_each_place_of_a_bad_reference_is_told() -> None:
    found = from_files({"a.yaml": b"a: {$ref: '#/x'}\nb: {$ref: '#/x'}\nc: {$ref: '#/c'}"}, "a.yaml")
    assert [(problem.code, problem.line) for problem in found.problems] == [
        ("reference-unresolved", 1),
        ("reference-unresolved", 2),
        ("reference-circular", 3),
    ]


def test_a_missing_main_file_is_an_error() -> None:
    with pytest.raises(ContractError, match=r"main file 'a\.yaml'") as caught:
        from_files({"b.yaml": b"{}"}, "a.yaml")
    assert "b.yaml" in caught.value.advice


def test_references_are_counted() -> None:
    text = "a: [" + ", ".join(["{$ref: '#/b'}"] * 11) + "]\nb: 1"
    with pytest.raises(LimitExceeded) as caught:
        from_files({"a.yaml": text.encode()}, "a.yaml", limits=Limits(references=10))
    assert caught.value.code == "too-many-references"


def test_files_are_counted() -> None:
    files = {f"{number}.yaml": b"a: {$ref: '%d.yaml'}" % (number + 1) for number in range(12)}
    with pytest.raises(LimitExceeded) as caught:
        from_files(files, "0.yaml", limits=Limits(files=10))
    assert caught.value.code == "too-many-files"


def test_a_thousand_bad_references_are_not_told_one_by_one() -> None:
    text = "a: [" + ", ".join(["{$ref: '#/b'}"] * 1000) + "]"
    assert len(from_files({"a.yaml": text.encode()}, "a.yaml").problems) == 500
