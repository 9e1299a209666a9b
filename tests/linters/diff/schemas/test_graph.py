from __future__ import annotations

from linters.diff.schemas.graph import Graph, bits
from linters.diff.schemas.nodes import Node
from linters.diff.schemas.walk import SchemaWalk
from tests.linters.diff.building import node, reader

BASE = {
    "order": {"properties": {"line": {"$ref": "#/line"}, "same": {"$ref": "#/same"}}},
    "offer": {"properties": {"line": {"$ref": "#/line"}}},
    "line": {"properties": {"order": {"$ref": "#/order"}, "sku": {"maxLength": 5}}},
    "same": {"type": "string"},
}
REVISION = {**BASE, "line": {"properties": {"order": {"$ref": "#/order"}, "sku": {"maxLength": 4}}}}


def graph(shared: bool = True) -> Graph:
    walk = SchemaWalk(reader(BASE), reader(REVISION))
    roots = [
        (Node({"$ref": f"#/{name}"}, node(BASE).origin, "json-schema-2020-12"),) * 2
        for name in ("order", "offer")
    ]
    return Graph(walk, roots, shared=shared)


def test_a_pair_that_several_roots_reach_is_there_once() -> None:
    found = graph()
    skus = [one for one in found.vertices if one.path.endswith("sku")]
    assert len(skus) == 1
    assert [one.element for one in skus[0].differences] == ["maxLength"]
    assert not any(one.path.endswith("same") for one in found.vertices)


def test_which_roots_reach_what() -> None:
    found = graph()
    masks = found.reached(0b11, lambda _, __: True)
    index = next(number for number, one in enumerate(found.vertices) if one.path.endswith("sku"))
    assert bits(masks[index]) == [0, 1]
    none = found.reached(0b11, lambda _, edge: edge.target != index)
    assert none[index] == 0
    assert found.reached(0b10, lambda _, __: True)[index] == 0b10


def test_each_way_is_a_vertex_of_its_own_where_that_is_wanted() -> None:
    paths = [one.path for one in graph(shared=False).vertices if one.path.endswith("sku")]
    assert len(paths) >= 2
