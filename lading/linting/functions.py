"""Functions that a ruleset brings, in Python: one file each, run only where the operator allows its folder.

A file holds a `FUNCTION` as ours do, or the plain form: `def check(value, options, context)`, which gives what it
objects to as texts, as pairs of a text and a path below the value, or as `Problem`s; `OPTIONS`, where the function
takes some, is the JSON Schema of its options.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from contracts.errors import ContractError
from linters.lint import Check, Context, Function, Problem
from linters.lint.errors import ScriptError

from .trust import FUNCTIONS_OPTION, Trust


def finder(trust: Trust) -> Callable[[str, str, str], Function]:
    """What finds a function by its name, the folder that the ruleset names, and the ruleset's name."""

    def find(name: str, folder: str, source: str) -> Function:
        own = None if "://" in source else _file(Path(source).parent / folder, name)
        if own is not None and trust.covers_file(own):
            return load_function(own, name)
        for allowed in trust.functions:
            if (file := _file(allowed, name)) is not None and trust.covers_file(file):
                return load_function(file, name)
        raise _refused(name, folder, source, own)

    return find


def _file(folder: Path, name: str) -> Path | None:
    """`isUuid` is in isUuid.py or is_uuid.py."""
    snake = re.sub("(?<=[a-z0-9])[A-Z]", lambda match: "_" + match[0], name).replace("-", "_").lower()
    if not re.fullmatch(r"[\w-]+", name):
        return None
    return next((file for stem in (name, snake) if (file := folder / f"{stem}.py").is_file()), None)


def _refused(name: str, folder: str, source: str, own: Path | None) -> ContractError:
    if own is not None:
        return ContractError(
            "function-not-allowed",
            f"The ruleset brings the function {name!r} in {own.as_posix()}, which is not allowed to run.",
            advice=f"Read it, and if you trust it, allow its folder: {FUNCTIONS_OPTION} {own.parent.as_posix()}",
        )
    place = source if "://" in source else (Path(source).parent / folder).as_posix()
    return ContractError(
        "function-not-found",
        f"The ruleset brings the function {name!r}, and there is no Python file of that name in {place}.",
        advice=f"JavaScript is not run. Write it as {name}.py in a folder of yours and allow that: {FUNCTIONS_OPTION} FOLDER",
    )


def load_function(file: Path, name: str) -> Function:
    """The function in a file, which is run for it. Raises `ContractError` with the line of what went wrong."""
    module = _module(file)
    function = getattr(module, "FUNCTION", None)
    if isinstance(function, Function):
        return replace(function, name=name, prepare=_guarded_prepare(function.prepare, file))
    check = getattr(module, "check", None)
    if not callable(check):
        raise ContractError(
            "function-unusable",
            "The file defines neither `check(value, options, context)` nor `FUNCTION`.",
            file.as_posix(),
        )
    options = getattr(module, "OPTIONS", None)
    if options is not None and not isinstance(options, dict):
        raise ContractError("function-unusable", "`OPTIONS` is no mapping.", file.as_posix())
    return Function(name, options, _guarded_prepare(_plain(check), file))


def _module(file: Path) -> ModuleType:
    name = f"lading_function_{abs(hash(file.resolve())):x}"
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None, f"{file} is no Python file"
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        line = error.lineno if isinstance(error, SyntaxError) else _line(error, file)
        message = f"The function {file.stem!r} cannot be loaded: {_said(error)}."
        raise ContractError("function-unusable", message, file.as_posix(), line) from error
    return module


def _plain(check: Callable[[Any, Mapping[str, Any], Context], Any]) -> Callable[[Mapping[str, Any]], Check]:
    def prepare(options: Mapping[str, Any]) -> Check:
        return lambda value, context: check(value, options, context)

    return prepare


def _guarded_prepare(
    prepare: Callable[[Mapping[str, Any]], Check], file: Path
) -> Callable[[Mapping[str, Any]], Check]:
    """The same, with everything that goes wrong in the file told by its line."""

    def guarded(options: Mapping[str, Any]) -> Check:
        check = _told(lambda: prepare(options), file)

        def run(value: Any, context: Context) -> list[Problem]:
            return _told(lambda: list(_problems(check(value, context))), file)

        return run

    return guarded


def _told(act: Callable[[], Any], file: Path) -> Any:
    try:
        return act()
    except ScriptError:
        raise
    except Exception as error:
        raise ScriptError(f"{file.as_posix()}:{_line(error, file) or 1}: {_said(error)}") from error


def _problems(found: Iterable[Any] | None) -> Iterator[Problem]:
    if isinstance(found, str):
        found = [found]
    for problem in found or ():
        if isinstance(problem, Problem):
            yield problem
        elif isinstance(problem, str):
            yield Problem(problem)
        elif isinstance(problem, tuple) and len(problem) == 2 and isinstance(problem[0], str):
            yield Problem(problem[0], tuple(problem[1]))
        else:
            raise TypeError(f"{problem!r} is neither a text, nor a pair of a text and a path, nor a Problem")


def _line(error: BaseException, file: Path) -> int | None:
    """The last line in the file that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame.lineno for frame in frames if Path(frame.filename) == file]
    return own[-1] if own else None


def _said(error: BaseException) -> str:
    words = error.msg if isinstance(error, SyntaxError) else str(error)
    return f"{type(error).__name__}: {words}".rstrip(": .")
