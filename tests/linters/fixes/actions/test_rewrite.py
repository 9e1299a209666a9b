"""`rewrite`: a text that becomes another."""

from __future__ import annotations

import pytest

from linters.fixes.changes import Put, Remove
from linters.fixes.edits import CannotFix
from tests.linters.fixes.helpers import changes, files, planned


def test_a_text_becomes_another_and_goes_where_that_is_there() -> None:
    replace = [["^http$", "https"]]
    documents = files(a="one: [http]\ntwo: [http, https]\nn: 1\n")
    assert changes(planned("rewrite", documents, ("one", 0), replace=replace)) == [Put(("one", 0), "https")]
    assert changes(planned("rewrite", documents, ("two", 0), replace=replace)) == [Remove(("two", 0))]
    with pytest.raises(CannotFix, match="no text"):
        planned("rewrite", documents, ("n",), replace=replace)


def test_a_name_that_others_use_stays() -> None:
    documents = files(a="x: {id: a_b}\ny: {link: a_b}\npaths: {'/{c_d}': {name: c_d}}\n")
    assert planned("rewrite", documents, ("x", "id"), casing="camel")
    with pytest.raises(CannotFix, match="elsewhere"):
        planned("rewrite", documents, ("x", "id"), casing="camel", name=True)
    with pytest.raises(CannotFix, match="variable"):
        planned("rewrite", documents, ("paths", "/{c_d}", "name"), casing="camel", untemplated=True)
