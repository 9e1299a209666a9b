from linters.lint.printing import brief, dotted, escaped_pointer, pointer, subject


def test_paths() -> None:
    path = ["paths", "/a b", 0, "", "x~y"]
    assert dotted(path) == "paths['/a b'][0][''].x~y"
    assert pointer(path) == "#/paths//a b/0//x~y"
    assert escaped_pointer(path) == "#/paths/~1a%20b/0//x~0y"


def test_values() -> None:
    assert [brief(v) for v in ("a", 1.0, None, [1], {"a": 1})] == ['"a"', "1", "null", "Array[]", "Object{}"]


def test_subjects() -> None:
    assert [subject(p) for p in ((), ("a", "b"), ("a", 0))] == [
        "The document ",
        '"b" property ',
        "Item at index 0 ",
    ]
