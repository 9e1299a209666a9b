from __future__ import annotations

from gateway.traffic.learning.templates import Templates, value_of


class Count:
    def __init__(self) -> None:
        self.paths: list[str] = []

    def merge(self, other: Count) -> None:
        self.paths += other.paths


def folded(*paths: str) -> dict[str, list[str]]:
    templates = Templates(Count)
    for path in paths:
        held = templates.at(path, "GET")
        assert held is not None
        held.paths.append(path)
    found = templates.operations(lambda held: not all(path.endswith("404") for path in held.paths))
    return {operation.template: operation.held.paths for operation in found}


def test_ids_numbers_and_uuids_vary() -> None:
    uuid = "6a7d7d1e-5b3f-4d5e-8a63-1f8f5f2b2d11"
    assert list(folded("/orders/17", "/orders/DE4711", f"/orders/{uuid}", "/orders/17/lines/2")) == [
        "/orders/{orderId}",
        "/orders/{orderId}/lines/{lineId}",
    ]


def test_names_stay_beside_what_varies() -> None:
    assert list(folded("/v2/orders/17", "/v2/orders/search", "/v2/orders/")) == [
        "/v2/orders/search",
        "/v2/orders/",
        "/v2/orders/{orderId}",
    ]


def test_an_empty_segment_stays_when_the_names_beside_it_fold() -> None:
    names = [f"/{first}name" for first in "abcdefghijkl"]
    assert folded(*names, "/") == {"/": ["/"], "/{id}": names}


def test_what_is_told_apart_is_bounded() -> None:
    templates = Templates(Count, most=20, deepest=4)
    words = ["orders", "customers", "labels", "invoices", "returns", "carriers", "slots", "routes"]
    found = [templates.at(f"/{first}/{second}", "GET") for first in words for second in words]
    assert templates.full
    assert None in found
    assert sum(held is not None for held in found) <= 20
    first = templates.at("/orders/orders", "GET")
    assert first is found[0], "what is known goes on"
    assert templates.at("/a/b/c/d/e", "GET") is None


def test_many_names_at_one_place_are_values() -> None:
    names = [first + "name" for first in "abcdefghijklmnop"]
    found = folded(
        *(f"/users/{name}/orders/{number}" for number, name in enumerate(names)), "/users/17/orders"
    )
    assert list(found) == ["/users/{userId}/orders", "/users/{userId}/orders/{orderId}"]
    assert len(found["/users/{userId}/orders/{orderId}"]) == 16


def test_names_of_parameters_are_singular_and_differ() -> None:
    assert list(folded("/companies/1/addresses/2/3")) == [
        "/companies/{companyId}/addresses/{addresseId}/{id}"
    ]
    assert list(folded("/1/2")) == ["/{id}/{id2}"]


def test_values_are_what_the_text_stands_for() -> None:
    assert [value_of(text) for text in ("17", "-3", "007", "1.5", "a%20b", "%zz", "-0")] == [
        17, -3, "007", "1.5", "a b", "%zz", "-0",
    ]  # fmt: skip
    assert value_of("a+b", plus=True) == "a b"


def test_a_name_that_never_was_there_is_a_value() -> None:
    assert folded("/orders/17", "/orders/x404") == {"/orders/{orderId}": ["/orders/17", "/orders/x404"]}
    assert folded("/orders/a", "/orders/x404") == {"/orders/a": ["/orders/a"]}
