from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linters.lint import RulesetError
from linters.lint.rulesets.module import definition
from linters.lint.rulesets.module.definition import read_module

from .reading import read, refused


def test_imported_rulesets_are_extended_by_where_they_come_from() -> None:
    text = "import base from './base.js'; import r from 'https://x.example/r.js'; export default { extends: [base, [r, 'off']] }"
    assert read(text) == {"extends": ["./base.js", ["https://x.example/r.js", "off"]]}
    assert read(
        "export { default } from './base.js'".replace("export { default } from", "import d from")
        + "; export default d"
    ) == {"extends": ["./base.js"]}


def test_imported_functions_become_functions_that_the_ruleset_brings() -> None:
    text = """
      import isUuid from "./fn/is-uuid.js";
      import { shout } from "./fn/words.js";
      export default { rules: { r: { given: "$", then: [{ function: isUuid }, { function: shout }] } } };
    """
    found = read(text)
    assert (found["functions"], found["functionsDir"]) == (["is-uuid", "shout"], "./fn")
    assert [then["function"] for then in found["rules"]["r"]["then"]] == ["is-uuid", "shout"]


@pytest.mark.parametrize(
    ("text", "pointer", "words"),
    [
        ("import x from './x.js'; export default { rules: { r: x } }", "/rules/r", "What ./x.js exports"),
        (
            "import * as f from '@stoplight/spectral-functions'; export default { rules: f }",
            "/rules",
            "as a whole is no value",
        ),
        (
            "import a from './a/a.js'; import b from './b/b.js'; export default { rules: { r: { then: [{ function: a }, { function: b }] } } }",
            "",
            "several folders",
        ),
    ],
)
def test_other_uses_of_imports_are_refused(text: str, pointer: str, words: str) -> None:
    error = refused(text)
    assert (error.pointer or "") == pointer
    assert words in error.message


def test_a_value_that_is_named_often_is_copied_only_so_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definition, "_MOST_VALUES", 1000)
    doubling = "".join(f"const a{n + 1} = [a{n}, a{n}];" for n in range(12))
    assert (
        "more than 1,000 values" in refused(f"const a0 = 1; {doubling} export default {{ a: a12 }}").message
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"export default 1", "exports no object"),
        (b"\xff\xfe", "not UTF-8"),
        (b" " * 2_000_001, "larger than"),
    ],
)
def test_what_is_no_module_of_a_ruleset(content: bytes, words: str) -> None:
    with pytest.raises(RulesetError, match=words):
        read_module(content, "a.js")


WORDS = st.sampled_from(
    [
        "import",
        "export",
        "default",
        "const",
        "from",
        "as",
        "type",
        "require",
        "module",
        "exports",
        "function",
        "a",
        "b",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        ",",
        ";",
        ":",
        "=",
        "=>",
        "...",
        ".",
        "+",
        "-",
        "/",
        "\\",
        "1",
        "'a'",
        '"b"',
        "`c`",
        "${",
        "/r/",
        "/*",
        "*/",
        "//",
        "#",
        "@",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_whatever_it_holds_a_module_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(RulesetError):
        assert isinstance(read_module(text.encode(), "a.js"), dict)
