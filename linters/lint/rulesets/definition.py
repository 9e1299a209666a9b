"""What the parts of a ruleset may be, and what is said about those that are not."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from typing import Any

from contracts.pointers import Path
from linters.lint.errors import RulesetError
from linters.lint.formats import FORMATS, canonical
from linters.lint.severity import Severity

RULESET_KEYS = frozenset(
    [
        "aliases",
        "description",
        "documentationUrl",
        "except",
        "extends",
        "extensions",
        "formats",
        "functions",
        "functionsDir",
        "overrides",
        "parserOptions",
        "rules",
    ]
)
DOCUMENTATION = ("why", "good", "bad", "source", "fix", "area", "summary", "extensions")
"""What a rule may say about itself beyond Spectral's language."""
RULE_KEYS = frozenset(
    [
        "description",
        "documentationUrl",
        "enabled",
        "formats",
        "given",
        "message",
        "recommended",
        "resolved",
        "severity",
        "tags",
        "then",
        "type",
    ]
) | frozenset(DOCUMENTATION)
_THEN_KEYS = frozenset({"field", "function", "functionOptions"})
MODES = ("all", "recommended", "off")
_URL = re.compile(
    r"https?://(?:localhost|(?:[^\s/.:?#]+\.)+[^\s/.:?#]{2,}|\[[0-9a-fA-F:.]+\]|[\d.]+)(?::\d+)?(?:[/?#]\S*)?"
)


class Faults:
    """Collects what is wrong with one ruleset, so that a person sees all of it at once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.found: list[RulesetError] = []

    def add(self, path: Path, code: str, message: str, advice: str = "") -> None:
        self.found.append(RulesetError.at(path, code, message, self.source, advice))

    def raise_any(self) -> None:
        if self.found:
            first = self.found[0]
            first.others = tuple(self.found[1:])
            raise first


def check_ruleset(definition: Any, faults: Faults) -> None:
    """The shape of a ruleset; functions, options and aliases are looked at when rules are made."""
    if not isinstance(definition, Mapping):
        faults.add((), "invalid-ruleset-definition", "A ruleset is a mapping with 'rules' or 'extends'.")
        return
    _unknown_keys(definition, RULESET_KEYS, (), "invalid-ruleset-definition", faults)
    if not {"rules", "extends", "overrides"} & set(definition):
        faults.add(
            (), "invalid-ruleset-definition", "The ruleset has neither 'rules' nor 'extends' nor 'overrides'."
        )
    _check_url(definition, (), "generic-validation-error", faults)
    check_formats(definition.get("formats"), ("formats",), faults)
    _check_extends(definition.get("extends"), faults)
    _check_parser_options(definition.get("parserOptions"), faults)
    _check_overrides(definition.get("overrides"), faults)
    rules = definition.get("rules")
    if rules is not None and not isinstance(rules, Mapping):
        faults.add(("rules",), "invalid-ruleset-definition", "'rules' maps names to rules.")
    elif rules is not None:
        for name, rule in rules.items():
            check_rule(rule, ("rules", name), faults)


def check_rule(rule: Any, path: Path, faults: Faults) -> None:
    """A rule is a mapping, a severity, or true or false."""
    if isinstance(rule, bool):
        return
    if not isinstance(rule, Mapping):
        if not is_severity(rule):
            _bad_severity(path, faults)
        return
    _unknown_keys(rule, RULE_KEYS, path, "invalid-rule-definition", faults)
    if "severity" in rule and not is_severity(rule["severity"]):
        _bad_severity((*path, "severity"), faults)
    for key in ("description", "message", "type"):
        if not isinstance(rule.get(key, ""), str):
            faults.add((*path, key), "invalid-rule-definition", f"'{key}' is a text.")
    for key in ("resolved", "recommended", "enabled"):
        if not isinstance(rule.get(key, True), bool):
            faults.add((*path, key), "invalid-rule-definition", f"'{key}' is true or false.")
    _check_url(rule, path, "invalid-rule-definition", faults)
    check_formats(rule.get("formats"), (*path, "formats"), faults)
    tags = rule.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        faults.add((*path, "tags"), "invalid-rule-definition", "'tags' is a list of texts.")
    _check_given(rule.get("given"), (*path, "given"), faults)
    _check_then(rule.get("then"), (*path, "then"), faults)
    if not {"given", "then"} <= set(rule):
        faults.add(
            path, "invalid-rule-definition", "A rule needs 'given' (where to look) and 'then' (what to ask)."
        )


def check_formats(formats: Any, path: Path, faults: Faults) -> None:
    if formats is None:
        return
    if not isinstance(formats, list):
        faults.add(path, "invalid-format", "'formats' is a list of names of formats.")
        return
    for index, name in enumerate(formats):
        if not isinstance(name, str) or canonical(name) is None:
            near = difflib.get_close_matches(str(name), FORMATS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            faults.add(
                (*path, index),
                "invalid-format",
                f"{name!r} is not a format.{hint}",
                f"Known are {', '.join(FORMATS)}.",
            )


def _unknown_keys(
    mapping: Mapping[str, Any], known: Iterable[str], path: Path, code: str, faults: Faults
) -> None:
    for key in mapping:
        if key not in known and not str(key).startswith("x-"):
            near = difflib.get_close_matches(str(key), list(known), n=1)
            hint = f" Did you mean '{near[0]}'?" if near else ""
            faults.add(
                path, code, f"'{key}' means nothing here.{hint}", f"Known are {', '.join(sorted(known))}."
            )


def is_severity(value: Any) -> bool:
    if isinstance(value, str):
        return value in ("error", "warn", "info", "hint", "off")
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3


def severity_of(value: Any) -> Severity | None:
    """A severity as a ruleset writes it; None for off."""
    if value == "off":
        return None
    return Severity.named(value) if isinstance(value, str) else Severity(value)


def _bad_severity(path: Path, faults: Faults) -> None:
    faults.add(
        path, "invalid-severity", "A severity is error, warn, info, hint or off, or a number from 0 to 3."
    )


def _check_url(mapping: Mapping[str, Any], path: Path, code: str, faults: Faults) -> None:
    url = mapping.get("documentationUrl")
    if url is not None and not (isinstance(url, str) and _URL.fullmatch(url)):
        faults.add((*path, "documentationUrl"), code, "'documentationUrl' is an http or https address.")


def _check_given(given: Any, path: Path, faults: Faults) -> None:
    if given is None:
        return
    listed = given if isinstance(given, list) else [given]
    if not listed:
        faults.add(path, "invalid-given-definition", "'given' names at least one place.")
    for index, expression in enumerate(listed):
        if not isinstance(expression, str) or not expression.startswith(("$", "#")):
            at = (*path, index) if isinstance(given, list) else path
            faults.add(
                at,
                "invalid-given-definition",
                f"{expression!r} is neither a JSONPath, which begins with '$', nor an #Alias.",
            )


def _check_then(then: Any, path: Path, faults: Faults) -> None:
    if then is None:
        return
    listed = then if isinstance(then, list) else [then]
    if not listed:
        faults.add(path, "invalid-then-definition", "'then' names at least one function.")
    for index, part in enumerate(listed):
        at = (*path, index) if isinstance(then, list) else path
        if not isinstance(part, Mapping):
            faults.add(
                at, "invalid-then-definition", "'then' is a mapping with a 'function', or a list of such."
            )
            continue
        _unknown_keys(part, _THEN_KEYS, at, "invalid-then-definition", faults)
        if not isinstance(part.get("function"), str):
            faults.add((*at, "function"), "invalid-then-definition", "'function' is the name of a function.")
        if "field" in part and not isinstance(part["field"], str | int):
            faults.add((*at, "field"), "invalid-then-definition", "'field' is a text.")


def _check_extends(extends: Any, faults: Faults) -> None:
    if extends is None or isinstance(extends, str | Mapping):
        return
    if not isinstance(extends, list):
        faults.add(
            ("extends",),
            "invalid-extend-definition",
            "'extends' is the name of a ruleset, or a list of such.",
        )
        return
    for index, entry in enumerate(extends):
        if isinstance(entry, str | Mapping):
            continue
        path: Path = ("extends", index)
        if not isinstance(entry, list) or len(entry) != 2 or not isinstance(entry[0], str | Mapping):
            faults.add(
                path, "invalid-extend-definition", "An entry is a name, or a pair of a name and a mode."
            )
        elif entry[1] not in MODES:
            faults.add((*path, 1), "invalid-extend-definition", f"The mode is one of {', '.join(MODES)}.")


def _check_parser_options(options: Any, faults: Faults) -> None:
    if options is None:
        return
    if not isinstance(options, Mapping):
        faults.add(("parserOptions",), "invalid-parser-options-definition", "'parserOptions' is a mapping.")
        return
    for key, value in options.items():
        if key not in ("duplicateKeys", "incompatibleValues"):
            message = f"'{key}' means nothing here."
            faults.add(
                ("parserOptions",),
                "invalid-parser-options-definition",
                message,
                "Known are duplicateKeys and incompatibleValues.",
            )
        elif not is_severity(value):
            _bad_severity(("parserOptions", key), faults)


def _check_overrides(overrides: Any, faults: Faults) -> None:
    if overrides is None:
        return
    if not isinstance(overrides, list) or not overrides:
        faults.add(("overrides",), "invalid-override-definition", "'overrides' is a list that is not empty.")
        return
    for index, override in enumerate(overrides):
        path: Path = ("overrides", index)
        files = override.get("files") if isinstance(override, Mapping) else None
        if (
            not isinstance(files, list)
            or not files
            or not all(isinstance(file, str) and file for file in files)
        ):
            faults.add(
                path, "invalid-override-definition", "An override has 'files', a list of glob patterns."
            )
            continue
        if any("#" in file for file in files):
            rules = override.get("rules")
            if set(override) != {"files", "rules"} or not isinstance(rules, Mapping):
                message = "An override for a JSON Pointer can only change the severities of rules."
                faults.add(path, "invalid-override-definition", message)
            else:
                for name, severity in rules.items():
                    if not is_severity(severity):
                        _bad_severity((*path, "rules", name), faults)
