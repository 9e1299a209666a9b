"""References lead to where things are really written."""

import json
from typing import Any
from urllib.parse import quote

import pytest
import referencing
import referencing.exceptions
from hypothesis import given
from hypothesis import strategies as st

from contracts.document import parse
from contracts.errors import UnresolvableReference
from contracts.pointers import to_pointer
from contracts.references import DocumentSet, from_files, load
from tests.contracts.made import documents


def made(text: str) -> DocumentSet:
    return load(parse(text.encode(), "main.yaml"))


def test_a_chain_is_followed_to_its_end() -> None:
    found = made("a: {$ref: '#/b'}\nb: {$ref: '#/c/0'}\nc: [{d: 1}]\n").resolve("#/a", "main.yaml")
    assert (found.value, found.source, found.path) == ({"d": 1}, "main.yaml", ("c", 0))


def test_lookup_makes_one_hop() -> None:
    found = made("a: {$ref: '#/b'}\nb: 1\n").lookup("#/a", "main.yaml")
    assert found.path == ("a",)


def test_files_lead_into_each_other() -> None:
    together = documents(
        "a: {$ref: 'parts/one.yaml#/x'}\nb: {c: 7}\n",
        parts__one="x: {$ref: 'two.yaml'}\n",
        parts__two="{$ref: '../main.yaml#/b'}\n",
    )
    found = together.resolve("parts/one.yaml#/x", "main.yaml")
    assert (found.value, found.source, found.path) == ({"c": 7}, "main.yaml", ("b",))
    assert together.problems == ()
    assert "parts/two.yaml" in together


@pytest.mark.parametrize(
    "text", ["a: {$ref: '#/a'}", "a: {$ref: '#/b'}\nb: {$ref: '#/a'}", "a: {$ref: '#/a/b'}"]
)
def test_a_circle_of_references_is_refused(text: str) -> None:
    with pytest.raises(UnresolvableReference) as caught:
        made(text).resolve("#/a" if "a/b" not in text else "#/a/b", "main.yaml")
    assert caught.value.code == "reference-circular"
    assert caught.value.advice


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("#/nope", "reference-unresolved"),
        ("#/list/7", "reference-unresolved"),
        ("#/list/01", "reference-unresolved"),
        ("#nope", "reference-unresolved"),
        ("other.yaml#/x", "reference-outside"),
        ("../other.yaml", "reference-outside"),
        ("/etc/passwd", "reference-outside"),
        ("file:///etc/passwd", "reference-outside"),
        ("https://example.com/x.yaml", "reference-outside"),
    ],
)
def test_what_leads_nowhere_is_an_error_that_advises(reference: str, code: str) -> None:
    with pytest.raises(UnresolvableReference) as caught:
        made("list: [1]").resolve(reference, "main.yaml")
    assert caught.value.code == code
    assert reference in caught.value.message
    assert caught.value.advice


def test_percent_encoding_in_fragments_is_undone() -> None:
    found = made("'a b': {'c/d': {'e~f%': 1}}").resolve("#/a%20b/c~1d/e~0f%25", "main.yaml")
    assert found.value == 1


def test_a_pointer_may_lead_through_a_reference() -> None:
    found = made("a: {$ref: '#/b'}\nb: {c: 1}").resolve("#/a/c", "main.yaml")
    assert found.path == ("b", "c")


def test_anchors_and_identifiers_are_known() -> None:
    together = made(
        """
        $defs:
          a: {$anchor: here, type: string}
          b: {$id: 'https://h/b', $defs: {c: {$anchor: here, type: integer}}}
        """
    )
    assert together.resolve("#here", "main.yaml").path == ("$defs", "a")
    assert together.resolve("https://h/b#here", "main.yaml").path == ("$defs", "b", "$defs", "c")
    assert together.resolve("#/$defs/c", "https://h/b").path == ("$defs", "b", "$defs", "c")
    assert together.base_of(together.locate(("$defs", "b", "$defs"))) == "https://h/b"
    assert together.base_of(together.locate(("$defs", "b"))) == "main.yaml"
    assert together.base_of(together.locate(("$defs", "b")), within=True) == "https://h/b"
    assert not together.dynamic


def test_what_is_embedded_is_found_by_its_name_and_counts_from_there() -> None:
    together = made(
        """
        $id: https://h/folder/main
        $ref: inner
        $defs:
          a: {$id: inner, $ref: '#/$defs/b', $defs: {b: {type: string}, c: {$ref: '../other'}}}
          d: {$id: https://h/other, type: integer}
        """
    )
    assert together.problems == ()
    assert together.resolve("inner", "main.yaml").path == ("$defs", "a", "$defs", "b")
    assert together.resolve("inner#/$defs/c", "main.yaml").path == ("$defs", "d")
    assert together.resolve("#/$defs/d", "main.yaml").value["type"] == "integer"


def test_a_file_goes_before_what_is_embedded_under_the_same_name() -> None:
    """Names of files count from the folder, whatever a document calls itself."""
    together = from_files(
        {
            "main.yaml": b"{$id: https://h/main, $ref: inner.yaml, $defs: {a: {$id: inner.yaml, type: string}}}",
            "inner.yaml": b"{type: integer}",
        },
        "main.yaml",
    )
    assert together.resolve("inner.yaml", "main.yaml").value == {"type": "integer"}


def test_a_document_may_be_called_by_its_own_name() -> None:
    for keyword in ("$self", "$id"):
        together = documents(
            f"{keyword}: 'https://h/api'\na: {{$ref: 'https://h/api#/b'}}\nb: {{$ref: 'two.yaml'}}",
            two="c: 1",
        )
        assert together.resolve("#/a", "main.yaml").value == {"c": 1}
        assert together.problems == ()


def test_a_pointer_below_an_identifier_falls_back_to_the_document() -> None:
    assert made("a: {$id: 'https://h/b'}\nc: 1").resolve("#/c", "https://h/b").value == 1


def test_locate_follows_references_on_the_way() -> None:
    together = documents("a: {$ref: 'two.yaml#/b'}\n", two="b: [{$ref: '#/c'}]\nc: {d: 5}\n")
    found = together.locate(("a", 0, "d"))
    assert (found.value, found.source, found.path) == (5, "two.yaml", ("c", "d"))
    assert together.locate(("a", "0", "d")).path == ("c", "d")


def test_locate_says_how_far_it_came() -> None:
    found = made("a: {$ref: '#/b'}\nb: {c: 1}").locate(("a", "nope", "deeper"))
    assert (found.value, found.path) == (None, ("b", "nope", "deeper"))


def test_locate_stays_at_a_reference_that_cannot_be_followed() -> None:
    assert made("a: {$ref: '#/nope'}").locate(("a", "$ref")).value == "#/nope"
    assert made("a: {$ref: '#/nope'}").locate(("a",)).path == ("a",)


KEYS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=8).filter(
    lambda key: key != "$ref"
)
VALUES = st.recursive(
    st.integers(-5, 5) | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


def paths(value: Any, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        return [at, *(path for key, child in value.items() for path in paths(child, (*at, key)))]
    if isinstance(value, list):
        return [at, *(path for index, child in enumerate(value) for path in paths(child, (*at, index)))]
    return [at]


@given(VALUES, st.data())
def test_the_referencing_library_finds_the_same(value: Any, data: st.DataObject) -> None:
    """The ecosystem's own resolver is the oracle; it says what is found, though not where."""
    together = load(parse(json.dumps({"root": value}).encode(), "main.json"))
    resource = referencing.Resource.opaque(together.root.value)
    resolver = referencing.Registry().with_resource("main.json", resource).resolver("main.json")
    path = data.draw(st.sampled_from(paths({"root": value})))
    pointer = to_pointer(path) + data.draw(st.sampled_from(["", "/nope", "/0", "/~0"]))
    reference = "#" + quote(pointer)
    try:
        expected = resolver.lookup(reference).contents
    except (
        referencing.exceptions.Unresolvable,
        TypeError,
        ValueError,
    ):  # as it descends into null, or takes 'nope' for an index
        with pytest.raises(UnresolvableReference):
            together.lookup(reference, "main.json")
    else:
        assert together.lookup(reference, "main.json").value == expected


@given(VALUES)
def test_every_node_is_found_by_its_own_pointer(value: Any) -> None:
    """Pointer → node → path → pointer comes round for any document, percent-encoded or not."""
    together = load(parse(json.dumps({"root": value}).encode(), "main.json"))
    for path in paths({"root": value}):
        pointer = to_pointer(path)
        for fragment in (quote(pointer), quote(pointer, safe="/~!$&'()*+,;=:@?")):
            found = together.lookup("#" + fragment, "main.json")
            assert found.path == path
            assert together.locate(path).path == path


def test_a_word_that_is_not_mentioned_is_certainly_not_there() -> None:
    plain = from_files({"a.yaml": b"a: {readOnly: true}\n"}, "a.yaml")
    assert plain.mentions("readOnly")
    assert not plain.mentions("writeOnly")
    disguised = from_files({"a.json": b'{"read\\u004fnly": true}'}, "a.json")
    assert disguised.mentions("readOnly")
