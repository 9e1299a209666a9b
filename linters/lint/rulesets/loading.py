"""A ruleset and everything that it extends, checked and merged."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from contracts.document import parse
from contracts.errors import ContractError
from contracts.pointers import Path
from linters.lint.errors import RulesetError
from linters.lint.function import Function
from linters.lint.severity import Severity

from .aliases import Alias, Aliases, Target
from .definition import DOCUMENTATION, Faults, check_ruleset, severity_of
from .model import Override, Rule, Ruleset
from .overrides import layered, matching
from .rules import check_expressions, make_formats, make_then

Definition: TypeAlias = Mapping[str, Any]
Read: TypeAlias = Callable[[str, str], bytes]
"""A file by its name as written and the name of the ruleset that names it; raises ContractError."""
Named: TypeAlias = "Mapping[str, Definition] | Callable[[str], Definition]"

_JAVASCRIPT = (".js", ".mjs", ".cjs", ".ts")
_DEFAULT_PARSER_OPTIONS: Mapping[str, Severity | None] = {
    "duplicateKeys": Severity.ERROR,
    "incompatibleValues": Severity.ERROR,
}
_DEEPEST = 30


def load_ruleset(
    definition: str | bytes | Definition,
    *,
    source: str = "",
    read: Read | None = None,
    named: Named | None = None,
    functions: Mapping[str, Function] | None = None,
) -> Ruleset:
    """A ruleset that is ready to run, from its definition or its text (YAML or JSON).

    `source` is its name, for messages and for what it refers to. `read` gives the files that it extends, `named`
    the rulesets with names such as `spectral:oas`. `functions` are Python functions that its rules may name
    besides the core functions. Raises `RulesetError` with everything that is wrong with one file.
    """
    surroundings = _Surroundings(read, named, functions or {})
    if isinstance(definition, str | bytes):
        definition = _parsed(definition.encode() if isinstance(definition, str) else definition, source)
    return surroundings.ruleset(definition, source)


@dataclass(slots=True)
class _Loaded:
    """A ruleset while it is merged."""

    rules: dict[str, Rule] = field(default_factory=dict)
    aliases: dict[str, Alias] = field(default_factory=dict)
    formats: set[str] = field(default_factory=set)
    parser_options: dict[str, Severity | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Where rulesets and functions come from."""

    read: Read | None
    named: Named | None
    functions: Mapping[str, Function]

    def ruleset(self, definition: Definition, source: str) -> Ruleset:
        loaded = self._load(definition, source, "recommended", ())
        overrides = definition.get("overrides") or []
        ruleset = Ruleset(
            rules=loaded.rules,
            formats=frozenset(loaded.formats),
            parser_options={**_DEFAULT_PARSER_OPTIONS, **loaded.parser_options},
            source=source,
            documentation_url=definition.get("documentationUrl"),
            overrides=tuple(_override(entry) for entry in [*_exceptions(definition), *overrides]),
        )
        if ruleset.overrides:
            chosen: dict[tuple[int, ...], Ruleset] = {}
            ruleset.for_file = lambda name: self._for_file(ruleset, definition, name, chosen)
        return ruleset

    def _for_file(
        self, ruleset: Ruleset, definition: Definition, name: str, chosen: dict[tuple[int, ...], Ruleset]
    ) -> Ruleset:
        """What the ruleset is for one file, made once for each combination of overrides."""
        numbers, pointers = matching(ruleset.overrides, name, ruleset.source)
        key = (*numbers, -1, *(number for number, *_ in pointers))
        if key == (-1,):
            return ruleset
        if key not in chosen:
            base = {k: v for k, v in definition.items() if k not in ("overrides", "except")}
            for number in numbers:
                base = layered(base, ruleset.overrides[number].definition)
            made = self.ruleset(base, ruleset.source)
            made.rules = _with_pointers(made.rules, ruleset.overrides, pointers)
            chosen[key] = made
        return chosen[key]

    def _load(self, definition: Definition, source: str, mode: str, inside: tuple[int, ...]) -> _Loaded:
        faults = Faults(source)
        check_ruleset(definition, faults)
        faults.raise_any()
        self._check_functions(definition, faults)
        faults.raise_any()
        if len(inside) > _DEEPEST:
            raise RulesetError.at(
                ("extends",),
                "extends-too-deep",
                f"Rulesets extend one another more than {_DEEPEST} times.",
                source,
            )
        loaded = _Loaded()
        self._extend(loaded, definition, source, (*inside, id(definition)))
        loaded.aliases.update(_aliases(definition.get("aliases"), faults))
        own_formats = make_formats(definition.get("formats"))
        loaded.formats |= own_formats or frozenset()
        options = definition.get("parserOptions") or {}
        loaded.parser_options.update((key, severity_of(value)) for key, value in options.items())
        for name, rule in (definition.get("rules") or {}).items():
            made = self._merge(name, rule, loaded, definition, faults, source)
            if made is None:
                continue
            if made.source == source and isinstance(rule, Mapping) and name not in loaded.rules:
                made = replace(made, enabled=mode == "all" or (mode == "recommended" and made.recommended))
            if made.formats is None and own_formats is not None:
                made = replace(made, formats=own_formats)
            loaded.rules[name] = made
        faults.raise_any()
        for made in loaded.rules.values():
            loaded.formats |= made.formats or frozenset()
        return loaded

    def _check_functions(self, definition: Definition, faults: Faults) -> None:
        """A ruleset may name functions of its own; they have to be handed in."""
        for index, entry in enumerate(definition.get("functions") or []):
            name = entry[0] if isinstance(entry, list) and entry else entry
            if name not in self.functions:
                faults.add(
                    ("functions", index),
                    "function-not-allowed",
                    f"The ruleset brings a function of its own, {name!r}, which was not allowed.",
                    "Functions are Python here and have to be allowed by whoever runs the ruleset.",
                )

    def _extend(self, loaded: _Loaded, definition: Definition, source: str, inside: tuple[int, ...]) -> None:
        extends = definition.get("extends") or []
        for index, entry in enumerate(extends if isinstance(extends, list) else [extends]):
            explicit = isinstance(entry, list)
            reference, mode = entry if isinstance(entry, list) else (entry, "recommended")
            path: Path = ("extends", index) if isinstance(extends, list) else ("extends",)
            found, name = self._find(reference, source, path)
            if id(found) in inside:
                continue  # a circle adds nothing
            base = self._load(found, name, mode, inside)
            for rule in base.rules.values():
                if explicit:
                    rule = replace(
                        rule, enabled=mode == "all" or (mode == "recommended" and rule.recommended)
                    )
                loaded.rules[rule.name] = rule
            loaded.aliases.update(base.aliases)
            loaded.formats |= base.formats
            loaded.parser_options.update(base.parser_options)

    def _find(self, reference: str | Definition, source: str, path: Path) -> tuple[Definition, str]:
        """What an entry of `extends` means, and its name."""
        if not isinstance(reference, str):
            return reference, source
        found = self._named(reference)
        if found is not None:
            return found, reference
        if reference.endswith(_JAVASCRIPT):
            raise RulesetError.at(
                path,
                "ruleset-in-javascript",
                f"The ruleset {reference!r} is JavaScript, which Lading does not run.",
                source,
                "Write it as YAML or JSON; functions of its own become Python functions.",
            )
        if self.read is None or _is_name(reference):
            raise RulesetError.at(
                path,
                "unknown-ruleset",
                f"There is no ruleset called {reference!r}.",
                source,
                "A file is named with a path, like ./base.yaml.",
            )
        try:
            content = self.read(reference, source)
        except ContractError as error:
            raise RulesetError.at(path, "unreadable-ruleset", error.message, source, error.advice) from error
        name = posixpath.normpath(posixpath.join(posixpath.dirname(source), reference))
        return _parsed(content, name), name

    def _named(self, name: str) -> Definition | None:
        if self.named is None:
            return None
        if isinstance(self.named, Mapping):
            return self.named.get(name)
        if not _is_name(name):
            return None
        try:
            return self.named(name)
        except KeyError:
            return None

    def _merge(
        self, name: str, definition: Any, loaded: _Loaded, ruleset: Definition, faults: Faults, source: str
    ) -> Rule | None:
        """A rule of this ruleset, laid over the one of the same name that it extends."""
        path, existing = ("rules", name), loaded.rules.get(name)
        if not isinstance(definition, Mapping):
            if existing is None:
                faults.add(
                    path,
                    "undefined-rule",
                    f"There is no rule {name!r} to switch on, off or to another severity.",
                    "Extend the ruleset that has it, or define it here.",
                )
                return None
            if isinstance(definition, bool):
                return replace(existing, enabled=definition)
            severity = severity_of(definition)
            return replace(existing, severity=severity, enabled=severity is not None)
        aliases = Aliases({**loaded.aliases, **(existing.aliases.named if existing else {})})
        made = self._made(name, definition, aliases, existing, faults, source)
        url = ruleset.get("documentationUrl")
        if url is not None and made.documentation_url is None:
            made = replace(made, documentation_url=f"{url}#{name}")
        return made

    def _made(
        self,
        name: str,
        definition: Definition,
        aliases: Aliases,
        existing: Rule | None,
        faults: Faults,
        source: str,
    ) -> Rule:
        path: Path = ("rules", name)
        rule = existing or Rule(name, Severity.WARN, True, (), (), source=source, aliases=aliases)
        given, then = definition.get("given"), definition.get("then")
        listed = rule.given if given is None else tuple(given) if isinstance(given, list) else (given,)
        if given is not None:
            check_expressions(listed, aliases, (*path, "given"), faults)
        documentation = {key: definition[key] for key in DOCUMENTATION if key in definition}
        return replace(
            rule,
            given=listed,
            then=rule.then if then is None else make_then(then, (*path, "then"), self.functions, faults),
            severity=severity_of(definition["severity"]) if "severity" in definition else rule.severity,
            enabled=bool(definition.get("enabled", True)),
            message=definition.get("message", rule.message),
            description=definition.get("description", rule.description),
            documentation_url=definition.get("documentationUrl", rule.documentation_url),
            resolved=definition.get("resolved", rule.resolved),
            recommended=definition.get("recommended", rule.recommended),
            formats=make_formats(definition.get("formats")) if "formats" in definition else rule.formats,
            tags=tuple(definition.get("tags", rule.tags)),
            type=definition.get("type", rule.type),
            documentation={**rule.documentation, **documentation},
            aliases=aliases,
        )


def _is_name(reference: str) -> bool:
    """`spectral:oas` is a name, `./base.yaml` and `https://…` are not."""
    return ":" in reference and "/" not in reference and "." not in reference.partition(":")[0]


def _parsed(content: bytes, source: str) -> Definition:
    """Rulesets are read forgivingly: people leave commas in JSON."""
    try:
        # Without the name, text that begins like JSON may still be YAML in flow style.
        document = parse(content)
    except ContractError as error:
        raise RulesetError(
            "unreadable-ruleset", error.message, source, error.line, error.column, error.pointer, error.advice
        ) from error
    if not isinstance(document.value, dict):
        raise RulesetError.at(
            (), "invalid-ruleset-definition", "A ruleset is a mapping with 'rules' or 'extends'.", source
        )
    return document.value


def _aliases(definition: Any, faults: Faults) -> dict[str, Alias]:
    """The aliases that a ruleset defines; what is wrong with them is noted."""
    if definition is None:
        return {}
    if not isinstance(definition, Mapping):
        faults.add(("aliases",), "invalid-alias-definition", "'aliases' maps names to expressions.")
        return {}
    made: dict[str, Alias] = {}
    for name, value in definition.items():
        alias = _alias(value)
        if alias is None:
            faults.add(
                ("aliases", name),
                "invalid-alias-definition",
                "An alias is a list of expressions that begin with '$' or '#', or has 'targets' with 'formats' and 'given'.",
            )
        else:
            made[name] = alias
    return made


def _alias(value: Any) -> Alias | None:
    if isinstance(value, Mapping) and isinstance(value.get("targets"), list):
        targets = []
        for target in value["targets"]:
            given = _expressions(target.get("given")) if isinstance(target, Mapping) else None
            formats = make_formats(target.get("formats")) if isinstance(target, Mapping) else None
            if given is None or formats is None:
                return None
            targets.append(Target(formats, given))
        return tuple(targets) or None
    return _expressions(value)


def _expressions(value: Any) -> tuple[str, ...] | None:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not listed:
        return None
    if not all(isinstance(text, str) and text.startswith(("$", "#")) for text in listed):
        return None
    return tuple(listed)


def _override(entry: Mapping[str, Any]) -> Override:
    return Override(tuple(entry["files"]), {key: value for key, value in entry.items() if key != "files"})


def _exceptions(definition: Definition) -> list[Mapping[str, Any]]:
    """`except`, the older way to switch rules off for a file or a place in it."""
    exceptions = definition.get("except")
    if not isinstance(exceptions, Mapping):
        return []
    return [
        {"files": [file], "rules": dict.fromkeys(rules, "off")}
        for file, rules in exceptions.items()
        if isinstance(rules, list)
    ]


def _with_pointers(
    rules: Mapping[str, Rule], overrides: tuple[Override, ...], pointers: tuple[tuple[int, str, str], ...]
) -> dict[str, Rule]:
    """The rules with the severities that overrides give them at some places."""
    changed = dict(rules)
    for number, file, pointer in pointers:
        for name, severity in overrides[number].definition.get("rules", {}).items():
            if name in changed:
                rule = changed[name]
                entry = (file, pointer, severity_of(severity))
                changed[name] = replace(rule, pointers=(*rule.pointers, entry))
    return changed
