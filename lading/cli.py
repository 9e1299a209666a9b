"""`lading`: finds the command's module, runs it, and ends with 0 (yes), 1 (no) or 2 (could not tell).

Only the module of the command that is called is imported, so that `lading --help` and quick commands do not
wait for a web framework.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from contracts.errors import ContractError

from . import __version__
from .outcome import COULD_NOT_TELL, CouldNotTell
from .parameters import Command, Group

HELP = """The contract desk: keep OpenAPI and AsyncAPI contracts, and keep to them.

\b
Try it on a file of yours:
  lading lint openapi.yaml
  lading diff HEAD~1:openapi.yaml openapi.yaml
  lading gateway --contract openapi.yaml --upstream http://127.0.0.1:9000

\b
See all of it, with examples inside:
  lading up

Exit codes: 0 yes, 1 no, 2 could not tell.
"""


_COMMANDS = Path(__file__).parent / "commands"


def commands() -> dict[str, str]:
    """Every command's name, with the module it lives in."""
    names = (file.stem for file in _COMMANDS.glob("*.py"))
    return {name.rstrip("_").replace("_", "-"): name for name in sorted(names) if name[0] != "_"}


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs a command line and exits.

    What a person can cause is shown as a message, never as a traceback. A traceback means a defect of ours,
    and Python's own exit code for it, 1, would read as "no": it ends with 2.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        print(f"lading {__version__}")
        sys.exit(0)
    try:
        sys.exit(_run(given))
    except (ContractError, CouldNotTell) as error:
        _complain(error)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except BrokenPipeError:
        # The reader has gone (`lading list | head`); nothing is left to say to it.
        sys.stderr.close()
    except Exception:  # noqa: BLE001 - whatever is left is a defect, and must not end with 1, "no"
        sys.excepthook(*sys.exc_info())
        print("lading: this is a defect of Lading's, not yours; please report it.", file=sys.stderr)
    sys.exit(COULD_NOT_TELL)


def _run(given: list[str]) -> int:
    app = typer.Typer(
        cls=Group,
        add_completion=False,
        rich_markup_mode=None,
        help=HELP,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=False,
    )
    app.callback(invoke_without_command=True)(_root)
    named = next((word for word in given if not word.startswith("-")), None)
    known = commands()
    if named is None:
        for name, module in known.items():
            app.command(name, help=_first_line(module))(lambda: None)
        given = given or ["--help"]
    elif named not in known:
        raise CouldNotTell(f"there is no command {named!r}.", _suggestion(named, known))
    else:
        _add(app, named, importlib.import_module(f"lading.commands.{known[named]}"))
    try:
        result = app(given, standalone_mode=False, prog_name="lading")
    except typer.Exit as leave:
        return leave.exit_code
    except typer.TyperException as error:
        words = " ".join(["lading", *([named] if named else [])])
        raise CouldNotTell(error.format_message().rstrip(".") + ".", f"`{words} --help` shows how.") from None
    return result if isinstance(result, int) else 0


def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version.", is_eager=True)] = False,
) -> None:
    if version:
        print(f"lading {__version__}")
        raise typer.Exit


def _add(app: typer.Typer, name: str, module: Any) -> None:
    if not hasattr(module, "commands"):
        app.command(name, cls=Command, help=module.__doc__)(module.command)
        return
    group = typer.Typer(cls=Group, help=module.__doc__, rich_markup_mode=None, no_args_is_help=True)
    for subname, function in module.commands.items():
        group.command(subname, cls=Command)(function)
    # Without a callback typer folds a group of one command into the command itself.
    group.callback()(lambda: None)
    app.add_typer(group, name=name)


def _first_line(module: str) -> str:
    source = (_COMMANDS / f"{module}.py").read_text("utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").split("\n", 1)[0]


def _suggestion(named: str, known: dict[str, str]) -> str:
    close = difflib.get_close_matches(named, known, n=1)
    return f"Did you mean {close[0]!r}?" if close else "`lading --help` lists them."


def _complain(error: ContractError | CouldNotTell) -> None:
    red, plain = ("\x1b[31m", "\x1b[0m") if sys.stderr.isatty() else ("", "")
    text = (
        str(error)
        if isinstance(error, ContractError)
        else " ".join(filter(None, (error.message, error.advice)))
    )
    print(f"{red}lading:{plain} {text}", file=sys.stderr)
