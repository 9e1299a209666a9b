"""`#Name`: expressions that a ruleset gives a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from linters.lint.errors import ScriptError

_USE = re.compile(r"#([A-Za-z0-9_-]+)(.*)", re.DOTALL)
_MOST_EXPRESSIONS = 2_000


@dataclass(frozen=True, slots=True)
class Target:
    """Expressions for documents that have one of the formats."""

    formats: frozenset[str]
    given: tuple[str, ...]


Alias: TypeAlias = "tuple[str, ...] | tuple[Target, ...]"


class UnknownAlias(ScriptError):
    """An alias that is not defined, or that leads back to itself."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """The aliases of a ruleset by name."""

    named: Mapping[str, Alias] = field(default_factory=dict)

    def expand(self, given: Iterable[str], formats: frozenset[str] | None) -> tuple[str, ...]:
        """The JSONPaths that `given` stands for in a document of these formats, each once.

        With `formats` None every target is expanded, which is for checking. Raises `UnknownAlias`.
        """
        found: dict[str, None] = {}
        for expression in given:
            for path in self._expand(expression, formats, ()):
                found[path] = None
                if len(found) > _MOST_EXPRESSIONS:
                    raise UnknownAlias(f"the aliases stand for more than {_MOST_EXPRESSIONS} expressions")
        return tuple(found)

    def _expand(self, text: str, formats: frozenset[str] | None, inside: tuple[str, ...]) -> Iterable[str]:
        match = _USE.fullmatch(text)
        if match is None:
            yield text
            return
        name, rest = match[1], match[2]
        if name in inside:
            raise UnknownAlias(f"the alias #{name} leads back to itself: {' → '.join((*inside, name))}")
        if name not in self.named:
            raise UnknownAlias(f"the alias #{name} is not defined")
        for expression in _chosen(self.named[name], formats):
            for path in self._expand(expression, formats, (*inside, name)):
                yield path + rest


def _chosen(alias: Alias, formats: frozenset[str] | None) -> tuple[str, ...]:
    """The expressions of an alias; of targets the last one that fits."""
    targets = [target for target in alias if isinstance(target, Target)]
    if not targets:
        return tuple(text for text in alias if isinstance(text, str))
    if formats is None:
        return tuple(text for target in targets for text in target.given)
    fitting = [target.given for target in targets if target.formats & formats]
    return fitting[-1] if fitting else ()
