"""Wrong types become problems with a place, and what can be read is read."""

from contracts.references import Located
from contracts.tolerant import Reader, extensions
from tests.contracts.made import documents


def reader_of(text: str) -> tuple[Reader, Located]:
    made = documents(text)
    return Reader(made), made.top


def test_what_is_absent_is_no_problem() -> None:
    reader, top = reader_of("a:\nb: {}")
    assert reader.mapping(top, "a") is None
    assert reader.mapping(top, "nope") is None
    assert reader.text(top, "a") == ""
    assert reader.optional_text(top, "a") is None
    assert not list(reader.items(top, "a"))
    assert not list(reader.members(top, "nope"))
    assert reader.flag(top, "a", default=True)
    assert reader.problems == []


def test_each_wrong_type_is_told_once_with_its_line() -> None:
    reader, top = reader_of("a: 1\nb: []\nc: text\nd: {e: 1}\n")
    for _ in range(2):
        assert reader.mapping(top, "a") is None
        assert reader.mapping(top, "b") is None
        assert not list(reader.items(top, "c"))
        assert reader.flag(top, "c") is False
        assert reader.optional_text(top, "d") is None
    assert [(problem.line, problem.pointer) for problem in reader.problems] == [
        (1, "/a"),
        (2, "/b"),
        (3, "/c"),
        (4, "/d"),
    ]
    assert {problem.code for problem in reader.problems} == {"wrong-type"}
    assert all(problem.advice for problem in reader.problems)


def test_what_is_meant_is_taken_and_told() -> None:
    reader, top = reader_of("version: 1.0\nflag: 'true'\nyes: true")
    assert reader.text(top, "version") == "1.0"
    assert reader.flag(top, "flag") is True
    assert reader.text(top, "yes") == "true"
    assert len(reader.problems) == 3


def test_references_are_followed_to_their_place() -> None:
    reader, top = reader_of("a: {b: {$ref: '#/c'}}\nc: {d: 1}")
    assert [(name, held.path) for name, held in reader.mappings(top, "a")] == [("b", ("c",))]
    assert [(name, held.path) for name, held in reader.members(top, "a")] == [("b", ("a", "b"))]


def test_a_reference_that_leads_nowhere_is_told_once() -> None:
    reader, top = reader_of("a: {$ref: '#/nope'}\nb: {$ref: 3}")
    assert reader.mapping(top, "a") is None
    assert reader.mapping(top, "b") is None
    assert [(problem.code, problem.pointer) for problem in reader.problems] == [
        ("reference-unresolved", "/a/$ref"),
        ("wrong-type", "/b/$ref"),
    ]


def test_a_reference_in_data_is_told_where_it_is_followed() -> None:
    reader, top = reader_of("x-a: {$ref: '#/nope'}")
    assert reader.problems == []
    assert reader.mapping(top, "x-a") is None
    assert reader.problems[0].pointer == "/x-a/$ref"


def test_lists_keep_what_fits() -> None:
    reader, top = reader_of("a: [x, 1, y]\nb: [{c: 1}, 2]")
    assert reader.texts(top, "a") == ("x", "y")
    assert [held.path for held in reader.item_mappings(top, "b")] == [("b", 0)]
    assert [problem.pointer for problem in reader.problems] == ["/a/1", "/b/1"]


def test_problems_are_bounded() -> None:
    reader, top = reader_of("a: [" + ",".join(["1"] * 2000) + "]")
    reader.texts(top, "a")
    assert len(reader.problems) == 500


def test_extensions_are_set_apart() -> None:
    reader, top = reader_of("paths: {x-one: 1, two: {}}\nheaders: {x-one: {}, two: {}}")
    held = reader.mapping(top, "paths")
    assert extensions(held) == {"x-one": 1}
    assert [name for name, _ in reader.members(top, "paths")] == ["two"]
    assert [name for name, _ in reader.members(top, "headers")] == ["x-one", "two"], "a header's name"
    assert extensions(None) == {}
    assert reader.data(top, "paths") == {"x-one": 1, "two": {}}
