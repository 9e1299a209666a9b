from __future__ import annotations

from pathlib import Path

import pytest

from contracts.document import parse
from contracts.errors import ContractError
from lading.linting.functions import finder, load_function
from lading.linting.trust import Trust
from linters.lint import RuleFailed, lint, load_ruleset

PLAIN = """
OPTIONS = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}

def check(value, options, context):
    if options["word"] not in value:
        yield f"{context.subject}lacks {options['word']}."
"""


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def found(file: Path, document: bytes, **then: object) -> list[tuple[str, str]]:
    rule = {"given": "$.title", "then": {"function": "mine", **then}}
    ruleset = load_ruleset({"rules": {"r": rule}}, functions={"mine": load_function(file, "mine")})
    return [(finding.message, "/".join(map(str, finding.path))) for finding in lint(parse(document), ruleset)]


def test_the_plain_form(tmp_path: Path) -> None:
    file = write(tmp_path / "mine.py", PLAIN)
    options = {"word": "Orders"}
    assert found(file, b"title: Orders", functionOptions=options) == []
    assert found(file, b"title: Tours", functionOptions=options) == [
        ('"title" property lacks Orders.', "title")
    ]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("return 'no'", "title"),
        ("return ['no']", "title"),
        ("return [('no', ['deep', 0])]", "title/deep/0"),
        ("from linters.lint import Problem\n    return [Problem('no', at=('top',))]", "top"),
    ],
)
def test_what_a_function_objects_to(tmp_path: Path, body: str, path: str) -> None:
    file = write(tmp_path / "mine.py", f"def check(value, options, context):\n    {body}\n")
    assert found(file, b"title: {deep: [1]}\ntop: 1") == [("no", path)]


def test_the_form_that_ours_have(tmp_path: Path) -> None:
    text = "from linters.lint import Function, Problem\nFUNCTION = Function('other', None, lambda options: lambda value, context: [Problem(str(value))])\n"
    assert found(write(tmp_path / "mine.py", text), b"title: x") == [("x", "title")]


@pytest.mark.parametrize(
    ("body", "words", "line"),
    [
        ("    value.nothing()", "AttributeError: 'str' object has no attribute 'nothing'", 2),
        ("    yield 'a'\n    yield 1 / 0", "ZeroDivisionError: division by zero", 3),
        ("    return [7]", "TypeError: 7 is neither a text", 1),
    ],
)
def test_a_function_that_fails_is_told_by_its_line(tmp_path: Path, body: str, words: str, line: int) -> None:
    file = write(tmp_path / "mine.py", f"def check(value, options, context):\n{body}\n")
    with pytest.raises(RuleFailed) as caught:
        found(file, b"title: x")
    assert f"The rule r failed: {file.as_posix()}:{line}: {words}" in caught.value.message
    assert caught.value.advice == "Mend the function, or what the rule asks of it."


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("def check(:\n", "SyntaxError", 1),
        ("import nowhere_to_be_found\n", "ModuleNotFoundError", 1),
        ("x = 1\nraise SystemExit(0)\n", "SystemExit", 2),
        ("x = 1\n", "neither `check", None),
        ("OPTIONS = 1\ndef check(v, o, c): ...\n", "no mapping", None),
    ],
)
def test_a_file_that_cannot_be_used_is_told_by_its_line(
    tmp_path: Path, text: str, words: str, line: int | None
) -> None:
    file = write(tmp_path / "mine.py", text)
    with pytest.raises(ContractError, match=words) as caught:
        load_function(file, "mine")
    assert (caught.value.source, caught.value.line) == (file.as_posix(), line)


def test_a_function_is_found_where_the_ruleset_says_and_only_when_it_may_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "rules" / "fn" / "is_uuid.py", "def check(value, options, context): ...")
    with pytest.raises(ContractError, match=r"rules/fn/is_uuid\.py, which is not allowed") as caught:
        finder(Trust())("isUuid", "./fn", "rules/house.yaml")
    assert caught.value.advice.endswith("--allow-functions rules/fn")
    trust = Trust((Path("rules/fn"),))
    assert finder(trust)("isUuid", "./fn", "rules/house.yaml").name == "isUuid"
    assert finder(trust)("is-uuid", "./fn", "rules/house.yaml").name == "is-uuid"


def test_an_allowed_folder_stands_in_for_the_javascript_of_others(tmp_path: Path) -> None:
    write(tmp_path / "mine" / "shout.py", "def check(value, options, context): ...")
    find = finder(Trust((tmp_path / "mine",)))
    assert find("shout", "functions", "https://x.example/house.yaml").name == "shout"
    assert find("shout", "functions", "node_modules/x/house.yaml").name == "shout"
    with pytest.raises(ContractError, match="no Python file of that name in node_modules/x/functions"):
        find("whisper", "functions", "node_modules/x/house.yaml")
    with pytest.raises(ContractError, match="no Python file"):
        find("../shout", "functions", (tmp_path / "mine" / "x" / "house.yaml").as_posix())
