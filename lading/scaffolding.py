"""Typed Python packages for contracts of events, by asyncapi-python's code generator.

The generator gets a plain AsyncAPI 3.0 document that is made anew from the normalised model: one file, traits
applied, references resolved, no prose, names that are Python's. So it also serves 2.x and contracts of several
files, reads nothing but that document, and nothing from a contract reaches the code but names and schemas.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import keyword
import re
import shutil
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from asyncapi_python_codegen.generators import CodeGenerator

from contracts.model import Channel, EventApi, EventOperation, Message, build
from contracts.references import DocumentSet
from contracts.schemas.translator import Translator

from .outcome import CouldNotTell

Side = Literal["consumer", "provider"]
"""Whose code it is: that of the application which the contract describes, or that of its counterpart."""

_OTHER = {"send": "receive", "receive": "send"}
_TOP_LEVEL = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.Assign, ast.AnnAssign, ast.If)


@dataclass(frozen=True, slots=True)
class Scaffold:
    """What was written: the package's files by name, and its operations with their actions."""

    files: tuple[str, ...]
    operations: tuple[tuple[str, str], ...]


def scaffold(documents: DocumentSet, folder: Path, side: Side = "consumer") -> Scaffold:
    """Writes the package of a contract into `folder`, which must not exist or be empty.

    Raises `CouldNotTell` for contracts that the generator cannot serve, and `ContractError` for those that are not
    understood, or whose references lead nowhere.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CouldNotTell(f"{folder} is there already, and not empty.", "Name a new folder, or remove it.")
    api = build(documents)
    if not isinstance(api, EventApi):
        raise CouldNotTell(
            f"{documents.root.source} is {api.specification}; scaffolds are made of AsyncAPI contracts.",
            "For OpenAPI take a client generator such as openapi-python-client.",
        )
    for problem in documents.problems:
        if (problem.pointer or "").startswith(("/channels", "/operations")):
            raise problem
    plain = reduced(api, side)
    with tempfile.TemporaryDirectory() as temporary:
        package = Path(temporary) / "package"
        _generate(plain, Path(temporary) / "contract.yaml", package)
        files = tuple(sorted(_audited(package)))
        shutil.copytree(package, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    operations = ((key, operation["action"]) for key, operation in plain["operations"].items())
    return Scaffold(files, tuple(operations))


def reduced(api: EventApi, side: Side = "consumer") -> dict[str, Any]:
    """The contract as the generator wants it. Raises `CouldNotTell` for what it cannot express."""
    if not api.operations:
        raise CouldNotTell("the contract has no operations, so there is nothing to make code of.")
    made = _Making(Translator(api.documents))
    operations = {
        made.operations.name(operation.key, operation.key): made.operation(operation, side)
        for operation in api.operations
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": _text(api.title), "version": _text(api.version)},
        "channels": made.channels,
        "operations": operations,
        "components": {"schemas": _mentioned(made)},
    }


@dataclass
class _Names:
    """Python names, one for each thing, and none twice."""

    taken: dict[Any, str] = field(default_factory=dict)

    def name(self, thing: Any, wish: str) -> str:
        if thing not in self.taken:
            base = snake(wish)
            number, found = 2, base
            while found in self.taken.values():
                number, found = number + 1, f"{base}_{number}"
            self.taken[thing] = found
        return self.taken[thing]


@dataclass
class _Making:
    translator: Translator
    channels: dict[str, Any] = field(default_factory=dict)
    schemas: dict[str, Any] = field(default_factory=dict)
    operations: _Names = field(default_factory=_Names)
    _keys: _Names = field(default_factory=_Names)
    _classes: _Names = field(default_factory=_Names)

    def operation(self, operation: EventOperation, side: Side) -> dict[str, Any]:
        action = operation.action if side == "provider" else _OTHER[operation.action]
        plain: dict[str, Any] = {
            "action": action,
            "channel": self._channel(operation.channel, operation.messages),
        }
        if operation.reply is not None and operation.reply.channel is not None:
            plain["reply"] = {"channel": self._channel(operation.reply.channel, operation.reply.messages)}
        return plain

    def _channel(self, channel: Channel, messages: Iterable[Message]) -> dict[str, str]:
        """A channel with the messages of one operation: the generator looks at no others."""
        chosen = tuple(messages) or tuple(channel.messages.values())
        if not chosen:
            raise CouldNotTell(f"the channel {channel.key!r} has no messages, so no type can be made of it.")
        origins = tuple((message.origin.source, message.origin.path) for message in chosen)
        key = self._keys.name((channel.key, origins), channel.key)
        if key not in self.channels:
            self.channels[key] = {
                "address": channel.address,
                "messages": {self._message(message): self._payload(message) for message in chosen},
                "parameters": dict(_parameters(channel)),
            }
        return {"$ref": f"#/channels/{key}"}

    def _message(self, message: Message) -> str:
        return self._classes.name(("message", message.origin.source, message.origin.path), message.key)

    def _payload(self, message: Message) -> dict[str, Any]:
        if message.payload is None:
            return {"payload": {"type": "object"}}
        translated = self.translator.translate(message.payload)
        # A keyword that was not carried over makes a type wider, but a whole dialect would leave nothing of it.
        foreign = [reason for reason in translated.unmodelled if "dialect" in reason or "$ref" in reason]
        if foreign:
            said = ", ".join(foreign[:3])
            raise CouldNotTell(
                f"the payload of {message.key!r} cannot be made into types: {said}.",
                "Describe it by JSON Schema or AsyncAPI's own schemas.",
            )
        schema = translated.schema if isinstance(translated.schema, dict) else {}
        names = {
            name: _pascal(self._classes.name((origin.source, origin.path), name))
            for name, origin in translated.sources.items()
        }
        for name, definition in schema.get("$defs", {}).items():
            self.schemas[names[name]] = _renamed(definition, names)
        own = {key: value for key, value in schema.items() if key not in ("$defs", "$schema")}
        if own.keys() == {"$ref"}:
            # Written out, so that the message's class is the model itself and no wrapper around it.
            own = schema["$defs"][own["$ref"].removeprefix("#/$defs/")]
            own = own if isinstance(own, dict) else {}
        return {"payload": _renamed(own, names)}


def _mentioned(made: _Making) -> dict[str, Any]:
    """The schemas that something refers to."""
    text = json.dumps([made.channels, made.schemas])
    return {name: schema for name, schema in made.schemas.items() if f'"#/components/schemas/{name}"' in text}


def _parameters(channel: Channel) -> Iterator[tuple[str, Any]]:
    for name, parameter in channel.parameters.items():
        if not (parameter.location or "").startswith("$message.payload#/"):
            raise CouldNotTell(
                f"the parameter {name!r} of the channel {channel.key!r} has no place in the payload.",
                "asyncapi-python fills addresses from payloads only: give it a location like "
                "'$message.payload#/subject'.",
            )
        yield name, {"location": parameter.location}


def _renamed(schema: Any, names: dict[str, str]) -> Any:
    """The schema with its definitions referred to as components. A value that only looks like one stays."""
    if isinstance(schema, list):
        return [_renamed(item, names) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: f"#/components/schemas/{names[value.removeprefix('#/$defs/')]}"
        if key == "$ref" and isinstance(value, str) and value.removeprefix("#/$defs/") in names
        else value
        if key in ("const", "enum", "default")
        else _renamed(value, names)
        for key, value in schema.items()
    }


def snake(text: str) -> str:
    """A Python name in small letters: `OrderAccepted.v1` → `order_accepted_v1`."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", text)
    name = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_") or "unnamed"
    name = f"n_{name}" if name[0].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or keyword.issoftkeyword(name) else name


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _text(text: str) -> str:
    """Text that is harmless in a docstring."""
    return re.sub(r"[^\w .,:+()\-]+", " ", text).strip() or "unnamed"


def _generate(plain: dict[str, Any], file: Path, package: Path) -> None:
    file.write_text(json.dumps(plain), "utf-8")
    generator = CodeGenerator()
    # It would call a type checker that need not be installed here, on code that is not ours to judge.
    generator.template_renderer.run_mypy = lambda output_dir: None
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            generator.generate(file, package)
    except (Exception, SystemExit) as error:  # whatever it stumbles over is not for people to read
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise CouldNotTell(f"asyncapi-python cannot make code of this contract: {reason}") from error


def _audited(package: Path) -> Iterator[str]:
    """The files' names, each of which holds declarations and nothing that would run on import."""
    for file in package.rglob("*.py"):
        name = file.relative_to(package).as_posix()
        for statement in ast.parse(file.read_text("utf-8")).body:
            constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
            call = isinstance(statement, ast.Expr) and _rebuilds(statement.value)
            if not (constant or call or isinstance(statement, _TOP_LEVEL)):
                raise CouldNotTell(
                    f"the code made of this contract would run something on import ({name}:{statement.lineno}); "
                    "it was not written."
                )
        yield name


def _rebuilds(value: ast.expr) -> bool:
    """`Model.model_rebuild()`, which Pydantic needs where models refer to each other."""
    return (
        isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and (value.func.attr == "model_rebuild" and not value.args)
    )
