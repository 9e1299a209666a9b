"""Bad input, at the library and through the command line: a clear error, a line where there is one, soon, in little
memory, and never a traceback."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from contracts.document import parse
from contracts.errors import ContractError
from contracts.references import from_files
from contracts.validity import examine
from lading import cli

SOON = 20.0
"""Seconds that no bad input may take, on a busy machine; each takes far less on an idle one."""

MEMORY = 600 * 1024 * 1024
"""Bytes that Python may allocate for it."""

ADDRESSES = 2 * 1024**3
"""Bytes of address space of a whole process, with all its libraries."""

HEAD = "openapi: 3.0.3\ninfo: { title: Orders, version: '1' }\n"


@dataclass(frozen=True)
class Bad:
    """An input, the codes of the error that it must cause, and the line that the error must name, if any.

    `lint` judges what it can: it finds a key that is given twice, and says of a document of no known kind that it
    has no rules for it. The other inputs it must not judge at all, and ends with 2.
    """

    name: str
    make: Callable[[], bytes]
    codes: tuple[str, ...]
    line: int | None = None

    def __str__(self) -> str:
        return self.name


def _bomb() -> bytes:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return ("a0: &a0 [x]\n" + "\n".join(levels) + "\n" + HEAD + "paths: {}\n").encode()


def _yaml(text: str) -> Callable[[], bytes]:
    return lambda: text.encode()


BAD = (
    Bad("empty", lambda: b"", ("empty",)),
    Bad("only-a-comment", _yaml("# nothing\n"), ("not-a-contract", "empty")),
    Bad("binary", lambda: bytes(range(256)) * 64, ("binary", "encoding")),
    Bad("picture", lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + os.urandom(2048), ("binary", "encoding"), 1),
    Bad(
        "50-mb", lambda: (HEAD + "paths: {}\nx-fill: |\n").encode() + b"  fill\n" * 7_500_000, ("too-large",)
    ),
    Bad(
        "deep-json",
        lambda: b'{"openapi":"3.0.3","x-deep":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
        ("too-deep",),
        1,
    ),
    Bad(
        "deep-yaml-flow",
        lambda: HEAD.encode() + b"x-deep: " + b"[" * 10_000 + b"]" * 10_000,
        ("too-deep",),
        3,
    ),
    Bad(
        "deep-yaml-block",
        _yaml(HEAD + "x-deep:\n" + "".join(" " * n + "a:\n" for n in range(1, 1000))),
        ("too-deep",),
    ),
    Bad("deep-and-never-closed", lambda: b"[" * 200_000, ("too-deep", "syntax"), 1),
    Bad("alias-bomb", _bomb, ("too-many-nodes",)),
    Bad("alias-to-itself", _yaml(HEAD + "x-a: &a [*a]\n"), ("alias", "syntax", "too-many-nodes"), 3),
    Bad("duplicate-key-yaml", _yaml(HEAD + "paths: {}\npaths: {}\n"), ("duplicate-key",), 4),
    Bad(
        "duplicate-key-json",
        lambda: b'{"openapi": "3.0.3",\n "paths": {},\n "paths": {}}',
        ("duplicate-key",),
        3,
    ),
    Bad("truncated-json", lambda: b'{"openapi": "3.0.3",\n "info": {"title": "Ord', ("syntax",), 2),
    Bad("truncated-yaml", _yaml(HEAD + "paths:\n  /orders: { get: { responses: {"), ("syntax",)),
    Bad("utf-16-without-a-mark", lambda: HEAD.encode("utf-16-le"), ("binary", "encoding"), 1),
    Bad("utf-16-with-a-mark", lambda: HEAD.encode("utf-16"), ("encoding",), 1),
    Bad("latin-1", lambda: (HEAD + "x-city: Köln\n").encode("latin-1"), ("encoding",), 3),
    Bad("unknown-openapi", _yaml(HEAD.replace("3.0.3", "4.0.0") + "paths: {}\n"), ("unknown-version",), 1),
    Bad("unknown-asyncapi", _yaml("info: {}\nasyncapi: 1.2.0\n"), ("unknown-version",), 2),
    Bad("no-specification", _yaml("title: Orders\n"), ("unknown-specification",), 1),
    Bad("a-list", _yaml("- openapi: 3.0.3\n"), ("not-a-contract",), 1),
    Bad("two-documents", _yaml(HEAD + "paths: {}\n---\n" + HEAD), ("multiple-documents",), 4),
)


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_it_is_refused_with_a_reason_soon_and_in_little_memory(bad: Bad) -> None:
    content = bad.make()
    tracemalloc.start()
    started = time.perf_counter()
    try:
        with pytest.raises(ContractError) as raised:
            examine(from_files({"orders.yaml": content}, "orders.yaml"))
    finally:
        taken, (_, peak) = time.perf_counter() - started, tracemalloc.get_traced_memory()
        tracemalloc.stop()
    error = raised.value
    assert error.code in bad.codes
    assert error.source == "orders.yaml"
    assert error.advice
    assert len(str(error)) < 1000
    assert error.line == bad.line if bad.line else True
    assert taken < SOON
    assert peak < MEMORY


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("#/components/schemas/A", "reference-circular"),
        ("#/components/schemas/Nothing", "reference-unresolved"),
        ("#/components/schemas/A/items/nowhere", "reference-circular"),
        ("../outside.yaml#/A", "reference-outside"),
        ("..%2f..%2fetc/passwd", "reference-outside"),
        ("/etc/passwd", "reference-outside"),
        ("file:///etc/passwd", "reference-outside"),
        ("http://127.0.0.1:1/schema.json", "reference-outside"),
        ("missing.yaml#/A", "reference-outside"),
        ("#not a pointer", "reference-unresolved"),
        ("#" + "/a" * 5000, "reference-unresolved"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told_with_its_line(reference: str, code: str) -> None:
    text = HEAD + f"paths: {{}}\ncomponents:\n  schemas:\n    A:\n      $ref: '{reference}'\n"
    found = from_files({"orders.yaml": text.encode()}, "orders.yaml")
    assert [(problem.code, problem.line) for problem in found.problems] == [(code, 7)]
    assert found.problems[0].advice
    assert len(str(found.problems[0])) < 1000
    assert examine(found).unchecked


def test_a_ring_of_references_is_told_and_not_walked_for_ever() -> None:
    ring = "".join(f"    S{n}: {{ $ref: '#/components/schemas/S{(n + 1) % 1000}' }}\n" for n in range(1000))
    started = time.perf_counter()
    found = from_files(
        {"orders.yaml": (HEAD + "paths: {}\ncomponents:\n  schemas:\n" + ring).encode()}, "orders.yaml"
    )
    examine(found)
    assert found.problems
    assert {problem.code for problem in found.problems} == {"reference-circular"}
    assert time.perf_counter() - started < SOON


def test_too_many_references_are_refused() -> None:
    many = b",".join([b'{"$ref":"#/components/schemas/B"}'] * 250_000)
    schemas = b'{"A":{"allOf":[' + many + b']},"B":{}}'
    content = b'{"openapi":"3.0.3","components":{"schemas":' + schemas + b"}}"
    with pytest.raises(ContractError) as raised:
        from_files({"orders.json": content}, "orders.json")
    assert raised.value.code == "too-many-references"


def test_a_schema_that_holds_itself_is_valid_and_checked() -> None:
    text = HEAD + (
        "paths: {}\ncomponents:\n  schemas:\n    Node:\n      type: object\n"
        "      properties: { next: { $ref: '#/components/schemas/Node' } }\n"
    )
    found = examine(from_files({"orders.yaml": text.encode()}, "orders.yaml"))
    assert (found.errors, found.unchecked) == ((), ())


def test_alternatives_of_alternatives_are_given_up_and_said() -> None:
    chain = "".join(
        f"    S{n}: {{ oneOf: [{{ $ref: '#/components/schemas/S{n + 1}' }}, {{ $ref: '#/components/schemas/S{n + 1}' }}] }}\n"
        for n in range(60)
    )
    text = HEAD + "paths: {}\ncomponents:\n  schemas:\n" + chain + "    S60: { type: string }\n"
    text += "    A: { default: 7, allOf: [{ $ref: '#/components/schemas/S0' }] }\n"
    started = time.perf_counter()
    found = examine(from_files({"orders.yaml": text.encode()}, "orders.yaml"))
    assert "multiply" in found.unchecked[0]
    assert time.perf_counter() - started < SOON


@pytest.mark.parametrize("bad", BAD, ids=str)
def test_the_command_line_says_so(
    bad: Bad, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "orders.yaml").write_bytes(bad.make())
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.main(["lint", "orders.yaml"])
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said
    assert "orders.yaml" in said
    if bad.codes[0] == "duplicate-key":
        assert ended.value.code == 1
        assert f" {bad.line}:" in said
    else:
        assert ended.value.code == 2
        assert f"orders.yaml:{bad.line}" in said if bad.line else True


@pytest.mark.slow
@pytest.mark.parametrize("name", ["50-mb", "deep-json", "deep-and-never-closed", "alias-bomb"])
def test_the_whole_process_stays_small(name: str, tmp_path: Path) -> None:
    bad = next(bad for bad in BAD if bad.name == name)
    (tmp_path / "orders.yaml").write_bytes(bad.make())
    ended = subprocess.run(
        [sys.executable, "-m", "lading", "lint", "orders.yaml"],
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES)),
    )
    assert ended.returncode == 2, ended.stderr[-2000:]
    assert "Traceback" not in ended.stdout + ended.stderr
    assert "orders.yaml" in ended.stdout + ended.stderr


def test_parsing_alone_names_the_same_place() -> None:
    with pytest.raises(ContractError) as raised:
        parse(b"openapi: 3.0.3\npaths: {\n", "orders.yaml")
    assert raised.value.place.startswith("orders.yaml:")
