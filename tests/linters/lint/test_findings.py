from contracts.document import Position, Range
from linters.lint.findings import Finding, in_order
from linters.lint.severity import Severity


def _finding(
    code: str = "r", line: int = 0, path: tuple[str | int, ...] = ("a",), message: str = "m", source: str = ""
) -> Finding:
    return Finding(code, message, path, Severity.WARN, Range(Position(line, 0), Position(line, 1)), source)


def test_order_is_by_source_place_code_and_path() -> None:
    expected = [
        _finding("z", 0, source="a.yaml"),
        _finding("rule-2", 1, source="b.yaml"),
        _finding("rule-10", 1, source="b.yaml"),
        _finding("rule-10", 1, ("b",), source="b.yaml"),
        _finding("a", 2, source="b.yaml"),
    ]
    assert list(in_order(reversed(expected))) == expected


def test_equal_findings_are_merged_and_different_messages_are_not() -> None:
    assert len(in_order([_finding(), _finding(), _finding(message="n"), _finding(source="x")])) == 3


def test_findings_at_the_root_are_told_apart_by_their_range() -> None:
    assert len(in_order([_finding(path=(), line=0), _finding(path=(), line=1)])) == 2


def test_as_json_indexes_are_text_and_the_url_is_optional() -> None:
    shown = _finding(path=("tags", 0)).as_dict()
    assert shown["path"] == ["tags", "0"]
    assert shown["range"] == {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}
    assert "documentationUrl" not in shown
