"""Names stay inside the folder of the contract."""

import pytest

from contracts.references.names import absolute, is_inside, is_uri, join, split


@pytest.mark.parametrize(
    ("name", "base", "joined"),
    [
        ("", "a/b.yaml", "a/b.yaml"),
        ("c.yaml", "b.yaml", "c.yaml"),
        ("c.yaml", "a/b.yaml", "a/c.yaml"),
        ("./c.yaml", "a/b.yaml", "a/c.yaml"),
        ("../c.yaml", "a/b.yaml", "c.yaml"),
        ("../c.yaml", "b.yaml", "../c.yaml"),
        ("x/../../c.yaml", "b.yaml", "../c.yaml"),
        ("..%2fc.yaml", "b.yaml", "../c.yaml"),
        ("my%20file.yaml", "b.yaml", "my file.yaml"),
        ("/etc/passwd", "b.yaml", "/etc/passwd"),
        ("https://h/x.yaml", "b.yaml", "https://h/x.yaml"),
        ("y.yaml", "https://h/a/x.yaml", "https://h/a/y.yaml"),
        ("../y.yaml", "https://h/a/x.yaml", "https://h/y.yaml"),
    ],
)
def test_join(name: str, base: str, joined: str) -> None:
    assert join(name, base) == joined


@pytest.mark.parametrize(
    ("name", "root", "inside"),
    [
        ("b.yaml", "a.yaml", True),
        ("x/b.yaml", "a.yaml", True),
        ("..b.yaml", "a.yaml", True),
        ("../b.yaml", "a.yaml", False),
        ("..", "a.yaml", False),
        ("/b.yaml", "a.yaml", False),
        ("b.yaml", "x/a.yaml", True),
        ("/home/me/b.yaml", "/home/me/a.yaml", True),
        ("/home/other/b.yaml", "/home/me/a.yaml", False),
        ("/home/me-too/b.yaml", "/home/me/a.yaml", False),
        ("../in/b.yaml", "../in/a.yaml", True),
        ("../out/b.yaml", "../in/a.yaml", False),
        ("https://h/b.yaml", "a.yaml", False),
        ("a\0b.yaml", "a.yaml", False),
    ],
)
def test_is_inside(name: str, root: str, inside: bool) -> None:
    assert is_inside(name, root) is inside


def test_a_fragment_is_split_off_undecoded() -> None:
    assert split("a.yaml#/b%20c#d") == ("a.yaml", "/b%20c#d")
    assert split("#/b") == ("", "/b")
    assert split("a.yaml") == ("a.yaml", "")


def test_a_drive_letter_is_no_scheme() -> None:
    assert not is_uri("C:/x.yaml")
    assert is_uri("urn:x:y")


def test_what_is_no_uri_stays_as_it_is() -> None:
    assert absolute("b", "https://x/a") == "https://x/b"
    assert absolute("http://[", "https://x/a") == "http://["
