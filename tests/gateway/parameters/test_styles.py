"""The table of OpenAPI's "Style Examples", and what does not fit into it."""

from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.checks.shape import Shape, shape_of
from gateway.malformed import Malformed
from gateway.parameters import styles
from gateway.parameters.text import parse_query

TEXT = shape_of({"type": "string"})
LIST = shape_of({"type": "array", "items": {"type": "string"}})
NUMBERS = shape_of({"type": "array", "items": {"type": "integer"}})
COLOUR = shape_of({"type": "object", "properties": {name: {"type": "integer"} for name in "RGB"}})
ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "text", "shape", "value"),
    [
        ("simple", False, "blue", TEXT, "blue"),
        ("simple", False, "blue,black,brown", LIST, ARRAY),
        ("simple", False, "R,100,G,200,B,150", COLOUR, OBJECT),
        ("simple", True, "R=100,G=200,B=150", COLOUR, OBJECT),
        ("simple", False, "a%2Cb,c", LIST, ["a,b", "c"]),
        ("label", False, ".blue", TEXT, "blue"),
        ("label", False, ".blue,black,brown", LIST, ARRAY),
        ("label", True, ".blue.black.brown", LIST, ARRAY),
        ("label", False, ".R,100,G,200,B,150", COLOUR, OBJECT),
        ("label", True, ".R=100.G=200.B=150", COLOUR, OBJECT),
        ("matrix", False, ";color=blue", TEXT, "blue"),
        ("matrix", False, ";color=blue,black,brown", LIST, ARRAY),
        ("matrix", True, ";color=blue;color=black;color=brown", LIST, ARRAY),
        ("matrix", False, ";color=R,100,G,200,B,150", COLOUR, OBJECT),
        ("matrix", True, ";R=100;G=200;B=150", COLOUR, OBJECT),
    ],
)
def test_paths(style: str, explode: bool, text: str, shape: Shape, value: Any) -> None:
    read = {
        "simple": styles.simple,
        "label": styles.label,
        "matrix": lambda raw, explode, shape: styles.matrix(raw, "color", explode, shape),
    }[style]
    assert read(text, explode, shape)[0] == value


@pytest.mark.parametrize(
    ("style", "explode", "text", "shape", "value"),
    [
        ("form", True, "color=blue", TEXT, "blue"),
        ("form", True, "color=blue&color=black&color=brown", LIST, ARRAY),
        ("form", False, "color=blue,black,brown", LIST, ARRAY),
        ("form", False, "color=R,100,G,200,B,150", COLOUR, OBJECT),
        ("form", True, "R=100&G=200&B=150", COLOUR, OBJECT),
        ("form", False, "color=1,2", NUMBERS, [1, 2]),
        ("spaceDelimited", False, "color=blue%20black%20brown", LIST, ARRAY),
        ("spaceDelimited", False, "color=R%20100%20G%20200%20B%20150", COLOUR, OBJECT),
        ("pipeDelimited", False, "color=blue|black%7Cbrown", LIST, ARRAY),
        ("pipeDelimited", False, "color=R|100|G|200|B|150", COLOUR, OBJECT),
    ],
)
def test_queries(style: str, explode: bool, text: str, shape: Shape, value: Any) -> None:
    assert styles.form(parse_query(text.encode(), 100), "color", explode, shape, style)[0] == value


def deep(text: str, schema: dict[str, Any]) -> Any:
    return styles.deep_object(parse_query(text.encode(), 100), "color", shape_of(schema))


def test_deep_objects() -> None:
    integer = {"type": "integer"}
    nested = {
        "type": "object",
        "properties": {"a": {"type": "array", "items": integer}, "o": {"properties": {"x": integer}}},
    }
    assert deep("color[R]=100&color%5BG%5D=200", {"additionalProperties": integer}) == ({"R": 100, "G": 200},)
    assert deep("color[a][0]=1&color[a][1]=2&color[o][x]=3", nested) == ({"a": [1, 2], "o": {"x": 3}},)
    assert deep("color[a]=1&color[a]=2", nested) == ({"a": [1, 2]},)
    assert deep("other=1", nested) == ()


@pytest.mark.parametrize(
    "text", ["color[R=1", "color[R]=1&color[R]=2", "color[a]=1&color[a][b]=2", "color=1"]
)
def test_deep_objects_that_are_none(text: str) -> None:
    with pytest.raises(Malformed):
        deep(text, {"type": "object", "properties": {"R": {"type": "integer"}, "a": {"type": "string"}}})


def test_headers_are_not_percent_encoded_and_blanks_do_not_count() -> None:
    assert styles.header("a%20 , b", False, LIST)[0] == ["a%20", "b"]


def test_cookies() -> None:
    assert styles.cookie({"c": ["5"]}, "c", True, shape_of({"type": "integer"})) == (5,)
    assert styles.cookie({}, "c", True, TEXT) == ()


@pytest.mark.parametrize(
    ("text", "shape"), [("color=1&color=2", TEXT), ("color=R,100,G", COLOUR), ("color=R,1,R,2", COLOUR)]
)
def test_what_does_not_fit_is_malformed(text: str, shape: Shape) -> None:
    with pytest.raises(Malformed):
        styles.form(parse_query(text.encode(), 100), "color", False, shape)


@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=5))
def test_lists_survive_the_wire(values: list[str]) -> None:
    raw = ",".join(quote(value, safe="") for value in values)
    assert styles.simple(raw, False, LIST)[0] == values
    assert styles.form(parse_query(f"color={raw}".encode(), 100), "color", False, LIST)[0] == values
    exploded = "&".join(f"color={quote(value, safe='')}" for value in values)
    assert styles.form(parse_query(exploded.encode(), 100), "color", True, LIST)[0] == values


@given(st.dictionaries(st.sampled_from("RGB"), st.integers(), min_size=1))
def test_objects_survive_the_wire(value: dict[str, int]) -> None:
    deep_text = "&".join(f"color[{name}]={number}" for name, number in value.items())
    assert styles.deep_object(parse_query(deep_text.encode(), 100), "color", COLOUR) == (value,)
    flat = ",".join(f"{name},{number}" for name, number in value.items())
    assert styles.simple(flat, False, COLOUR)[0] == value


def test_commas_that_were_all_encoded_may_be_meant() -> None:
    """Many clients encode them; a list is read so only where the reading by the book does not fit."""
    readings = styles.form(parse_query(b"n=1%2C2", 10), "n", False, NUMBERS)
    assert readings == (["1,2"], [1, 2])
    assert styles.form(parse_query(b"n=1,2%2C3", 10), "n", False, LIST) == (["1", "2,3"],)


def test_a_cookie_that_comes_once_is_a_list_with_commas() -> None:
    assert styles.cookie({"c": ["1,2"]}, "c", True, NUMBERS)[0] == [1, 2]
    assert styles.cookie({"c": ["1", "2"]}, "c", True, NUMBERS)[0] == [1, 2]
