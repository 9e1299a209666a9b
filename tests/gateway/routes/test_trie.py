import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.routes.trie import Trie, names_of, segments_of

TEMPLATES = (
    "/orders",
    "/orders/{orderId}",
    "/orders/mine",
    "/orders/{orderId}/lines/{line}",
    "/orders/{orderId}:cancel",
    "/files/{name}.{kind}",
    "/files/report.{kind}",
    "/{any}/lines",
    "/",
)


def trie() -> Trie[str]:
    made: Trie[str] = Trie()
    for template in TEMPLATES:
        assert made.add(template, "GET", template)
    return made


def found(path: str) -> tuple[str, tuple[str, ...]] | None:
    match = trie().find(path, "GET")
    return None if match is None or match.held is None else (match.held, match.values)


def test_static_segments_come_before_templated_ones() -> None:
    assert found("/orders/mine") == ("/orders/mine", ())
    assert found("/orders/AB1") == ("/orders/{orderId}", ("AB1",))
    assert found("/orders/AB1:cancel") == ("/orders/{orderId}:cancel", ("AB1",))
    assert found("/orders/AB1/lines/2") == ("/orders/{orderId}/lines/{line}", ("AB1", "2"))


def test_more_literal_text_comes_first() -> None:
    assert found("/files/report.pdf") == ("/files/report.{kind}", ("pdf",))
    assert found("/files/photo.png") == ("/files/{name}.{kind}", ("photo", "png"))


def test_a_dead_end_is_left_again() -> None:
    assert found("/orders/lines") == ("/orders/{orderId}", ("lines",))
    assert found("/stock/lines") == ("/{any}/lines", ("stock",))
    assert found("/stock/rows") is None
    assert found("/") == ("/", ())


def test_a_method_that_is_not_there_tells_those_that_are() -> None:
    made = trie()
    made.add("/orders", "POST", "post")
    match = made.find("/orders", "DELETE")
    assert match is not None
    assert match.held is None
    assert match.allowed == ("GET", "POST")


def test_another_template_with_the_method_is_found_behind_one_without() -> None:
    made: Trie[str] = Trie()
    made.add("/pets/mine", "GET", "mine")
    made.add("/pets/{id}", "DELETE", "delete")
    match = made.find("/pets/mine", "DELETE")
    assert match is not None
    assert (match.held, match.values) == ("delete", ("mine",))


def test_the_first_of_two_claims_stands() -> None:
    made = trie()
    assert not made.add("/orders/{id}", "GET", "again")
    assert found("/orders/1") == ("/orders/{orderId}", ("1",))


def test_literals_are_held_in_the_normal_form() -> None:
    made: Trie[str] = Trie()
    made.add("/caf\u00e9/{id}", "GET", "x")
    assert made.find("/caf%C3%A9/1", "GET") is not None


def test_names_and_segments() -> None:
    assert names_of("/a/{b}/{c}-{d}") == ("b", "c", "d")
    assert segments_of("/a/{b/c}/d") == ["a", "{b/c}", "d"]
    assert segments_of("") == []


@given(
    st.lists(st.sampled_from(["orders", "mine", "AB1", "lines", "files", "report.pdf", "x.y"]), max_size=4)
)
def test_it_finds_what_a_list_of_expressions_would(segments: list[str]) -> None:
    path = "/" + "/".join(segments)
    patterns = [re.sub(r"\\\{[^}]*\\\}", "([^/]+)", re.escape(template)) for template in TEMPLATES]
    matches = [
        template for template, pattern in zip(TEMPLATES, patterns, strict=True) if re.fullmatch(pattern, path)
    ]
    result = found(path)
    assert (result is None) == (not matches)
    if result is not None:
        assert result[0] in matches


def test_operators_of_uri_templates_are_not_part_of_a_name() -> None:
    assert names_of("/a/{.b*}/{;c}") == ("b", "c")


class Counted(Trie[str]):
    """Counts the nodes that a search visits."""

    __slots__ = ("steps",)

    def _walk(self, *arguments: Any) -> Any:
        self.steps += 1
        return super()._walk(*arguments)


def many(apis: int) -> Counted:
    """`apis` contracts of 40 operations: collections, items, nested ones, and segments with text around names."""
    made = Counted()
    for api in range(apis):
        for kind in range(5):
            base = f"/domain-{api % 20}/api-{api}/v1/things-{kind}"
            templates = ("", "/{id}", "/{id}/lines/{line}", "/{id}.json")
            for template in templates:
                for method in ("GET", "PUT"):
                    assert made.add(base + template, method, base + template)
    return made


def test_matching_does_not_slow_down_with_the_number_of_contracts() -> None:
    few, lots = many(20), many(500)
    for path in ("/1", "/1/lines/2", "/1.json", "/nowhere/else/at/all", ""):
        visited = []
        for made in (few, lots):
            made.steps = 0
            made.find(f"/domain-7/api-7/v1/things-3{path}", "GET")
            visited.append(made.steps)
        assert visited[0] == visited[1] <= 10


def test_each_of_twenty_thousand_operations_is_found() -> None:
    made = many(500)
    made.steps = 0
    for api in range(500):
        match = made.find(f"/domain-{api % 20}/api-{api}/v1/things-4/9/lines/8", "PUT")
        assert match is not None
        assert match.held == f"/domain-{api % 20}/api-{api}/v1/things-4/{{id}}/lines/{{line}}"


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("/files/{path+}", "path"),
        ("/files/{path}*", "path"),
        ("/files/{path}(*)", "path"),
        ("/files/{path:.*}", "path"),
        ("/files/{path=**}", "path"),
        ("/files/*path", "path"),
        ("/files/**", ""),
    ],
)
def test_a_last_segment_may_stand_for_all_that_follows(template: str, name: str) -> None:
    made: Trie[str] = Trie()
    made.add(template, "GET", "rest", greedy=True)
    made.add("/files/index", "GET", "index", greedy=True)
    made.add("/files/{id}", "PUT", "one", greedy=True)
    assert names_of(template, greedy=True) == (name,)
    for path, values in (("/files/a", ("a",)), ("/files/a/b%2Fc/d", ("a/b%2Fc/d",)), ("/files/", ("",))):
        match = made.find(path, "GET")
        assert match is not None
        assert (match.held, match.values) == ("rest", values)
    assert held(made, "/files/index", "GET") == "index"
    assert held(made, "/files/index", "PUT") == "one"
    assert made.find("/files", "GET") is None
    deep = made.find("/files/a/b", "PUT")
    assert deep is not None
    assert (deep.held, deep.allowed) == (None, ("GET",))


def held(made: Trie[str], path: str, method: str) -> str | None:
    match = made.find(path, method)
    return match.held if match is not None else None


def test_such_a_segment_is_one_segment_unless_the_rules_say_otherwise() -> None:
    made: Trie[str] = Trie()
    made.add("/files/{path+}", "GET", "one")
    assert held(made, "/files/a", "GET") == "one"
    assert made.find("/files/a/b", "GET") is None


def test_the_pieces_of_a_trie_are_all_of_its_nodes() -> None:
    made: Trie[str] = Trie()
    for template in ("/a/{b}/c", "/a/x-{d}", "/a/{e+}", "/"):
        made.add(template, "GET", template, greedy=True)
    assert len(made.pieces()) == len({id(piece) for piece in made.pieces()}) == 7
