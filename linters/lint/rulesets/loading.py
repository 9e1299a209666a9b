"""A ruleset and everything that it extends, checked and merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from contracts.pointers import Path
from linters.lint.errors import RulesetError
from linters.lint.function import Function
from linters.lint.severity import Severity

from .aliases import Alias, Aliases, Target
from .brought import FindFunction, brought_functions
from .definition import DOCUMENTATION, Faults, check_ruleset, severity_of
from .model import Override, Rule, Ruleset
from .overrides import layered, matching
from .renamed import current_name
from .rules import check_expressions, make_formats, make_then
from .sources import Definition, Named, Read, Sources, parsed

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
    functions: Mapping[str, Function] | FindFunction | None = None,
) -> Ruleset:
    """A ruleset that is ready to run, from its definition or its text (YAML, JSON, or a module that is data).

    `source` is its name, for messages and for what it refers to. `read` gives the files that it extends, `named`
    the rulesets with names such as `spectral:oas`. `functions` are Python functions that its rules may name
    besides the core functions, or what finds those that it brings. Raises `RulesetError` with everything that is
    wrong with one file.
    """
    surroundings = _Surroundings(Sources(read, named), functions or {})
    if isinstance(definition, str | bytes):
        definition = parsed(definition.encode() if isinstance(definition, str) else definition, source)
    return surroundings.ruleset(definition, source)


@dataclass(slots=True)
class _Loaded:
    """A ruleset while it is merged."""

    functions: Mapping[str, Function]
    rules: dict[str, Rule] = field(default_factory=dict)
    aliases: dict[str, Alias] = field(default_factory=dict)
    formats: set[str] = field(default_factory=set)
    parser_options: dict[str, Severity | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Where rulesets and functions come from."""

    sources: Sources
    functions: Mapping[str, Function] | FindFunction

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
        functions = brought_functions(definition, source, self.functions, faults)
        faults.raise_any()
        if len(inside) > _DEEPEST:
            raise RulesetError.at(
                ("extends",),
                "extends-too-deep",
                f"Rulesets extend one another more than {_DEEPEST} times.",
                source,
            )
        loaded = _Loaded(functions)
        self._extend(loaded, definition, source, (*inside, id(definition)))
        loaded.aliases.update(_aliases(definition.get("aliases"), faults))
        own_formats = make_formats(definition.get("formats"))
        loaded.formats |= own_formats or frozenset()
        options = definition.get("parserOptions") or {}
        loaded.parser_options.update((key, severity_of(value)) for key, value in options.items())
        for written, rule in (definition.get("rules") or {}).items():
            name = current_name(written, rule, loaded.rules)
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

    def _extend(self, loaded: _Loaded, definition: Definition, source: str, inside: tuple[int, ...]) -> None:
        extends = definition.get("extends") or []
        for index, entry in enumerate(extends if isinstance(extends, list) else [extends]):
            explicit = isinstance(entry, list)
            reference, mode = entry if isinstance(entry, list) else (entry, "recommended")
            path: Path = ("extends", index) if isinstance(extends, list) else ("extends",)
            found, name = self.sources.find(reference, source, path)
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
        made = _made(name, definition, aliases, existing, loaded.functions, faults, source)
        url = ruleset.get("documentationUrl")
        if url is not None and made.documentation_url is None:
            made = replace(made, documentation_url=f"{url}#{name}")
        return made


def _made(
    name: str,
    definition: Definition,
    aliases: Aliases,
    existing: Rule | None,
    functions: Mapping[str, Function],
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
        then=rule.then if then is None else make_then(then, (*path, "then"), functions, faults),
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
