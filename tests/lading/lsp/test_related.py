"""Which references lead to a place."""

from __future__ import annotations

from lading.lsp.related import SHOWN, Uses
from tests.linters.fixes.helpers import files


def test_the_innermost_node_that_is_referred_to_counts() -> None:
    documents = files(
        a="x: {$ref: '#/d/e'}\ny: {$ref: 'b.yaml'}\nz: {$ref: '#/nowhere'}\nd: {e: {f: 1}, g: 2}\n",
        b="t: 1\n",
    )
    uses = Uses(documents)
    assert uses.of("a.yaml", ("d", "e", "f")) == [("a.yaml", ("x", "$ref"))]
    assert uses.of("b.yaml", ("t",)) == [("a.yaml", ("y", "$ref"))]
    assert uses.of("a.yaml", ("d", "g")) == []


def test_of_many_some_are_told() -> None:
    text = "".join(f"x{number}: {{$ref: '#/d'}}\n" for number in range(50)) + "d: 1\n"
    assert len(Uses(files(a=text)).of("a.yaml", ("d",))) == SHOWN
