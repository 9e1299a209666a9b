from __future__ import annotations

from linters.lint.functions.arazzo._reusable import Entry, combined, marked, naming_flaws


def by_name(entry: Entry) -> str:
    return entry.name


def test_what_is_neither_is_left_out_and_a_second_of_a_name_is_marked() -> None:
    entries = marked([Entry("a", {}), None, Entry("b", {}), Entry("a", {"x": 1})], by_name)
    assert [(entry.name, entry.again) for entry in entries] == [("a", False), ("b", False), ("a", True)]


def test_those_of_the_step_override_in_place_or_follow() -> None:
    held = combined(
        [Entry("a", {"of": 1}), Entry("b", {"of": 1})], [Entry("a", {"of": 2}), Entry("c", {"of": 2})]
    )
    assert [(entry.name, entry.value["of"]) for entry in held] == [("a", 2), ("b", 1), ("c", 2)]


def test_a_name_used_twice_listed_twice_or_leading_nowhere_is_told_of() -> None:
    told: set[str] = set()
    assert not list(naming_flaws(Entry("a", {}), ("at",), told, "parameter"))
    again = list(naming_flaws(Entry("a", {}, again=True), ("at",), told, "parameter"))
    assert [problem.message for problem in again] == [
        "Another parameter of this step is called `a`.",
        "The parameter `a` is listed twice. Remove one.",
    ]
    (lost,) = naming_flaws(Entry("$x", {}, dangling=True), ("at",), told, "success action")
    assert lost.message == "The reference `$x` leads to no success action in the components."
    assert lost.at == ("at",)
