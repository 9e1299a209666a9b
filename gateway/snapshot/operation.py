"""One operation, compiled: everything that judging a call to it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from contracts.model import SecurityRequirement
from gateway.bodies.body import Content
from gateway.bodies.media import Choices
from gateway.checks.check import Check
from gateway.parameters.names import Names, StrangeFields, Strangers
from gateway.parameters.parameter import Parameter
from gateway.upstreams.policy import USUAL, Course

from .naming import Usual, usual

if TYPE_CHECKING:
    from .contract import Contract
    from .limits import Limit

Mode: TypeAlias = Literal["enforce", "monitor", "off"]


@dataclass(frozen=True, slots=True)
class Modes:
    """What is done about violations: refuse, report only, or do not look."""

    request: Mode = "enforce"
    response: Mode = "monitor"


DEFAULT_MODES = Modes()
_CODE = re.compile(r"[1-9][0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """A declared response. `described` is False where the contract says nothing about a body.

    `strangers` finds header fields that are not declared; None where the rules allow them.
    """

    status: str
    headers: tuple[Parameter, ...]
    content: Choices[Content]
    described: bool
    strangers: StrangeFields | None = None
    usual: Usual = field(init=False)
    """What is known of its content by the Content-Type alone."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "usual", usual(self.content))


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """A method on a path template, with its parameters by location.

    `strangers` finds what is not declared; None where the rules allow all of it. The key is empty for calls that the
    contract does not have and whose rules let them pass.
    """

    key: str
    contract: Contract
    modes: Modes
    path_names: tuple[str, ...]
    in_path: tuple[Parameter, ...]
    in_query: tuple[Parameter, ...]
    in_header: tuple[Parameter, ...]
    in_cookie: tuple[Parameter, ...]
    names: Names
    strangers: Strangers | None
    body: Choices[Content] | None
    body_required: bool
    body_pointer: str
    answers: Mapping[str, Answer]
    security: tuple[SecurityRequirement, ...] | None
    unvalidated: tuple[str, ...]
    """What of the request cannot be looked at, apart from its body."""
    base_paths: tuple[str, ...] | None = None
    """Where the operation has servers of its own; None for those of its contract."""
    authorities: tuple[re.Pattern[str], ...] = ()
    """`scheme://authority` of its servers, where the rules ask for one of them."""
    produces: tuple[str, ...] = ()
    """Media types of successful responses, where the rules ask requests to accept one of them."""
    overrides: frozenset[bytes] = frozenset()
    """Header parameters, in lower case, by which the upstream takes the call for another one: the contract means that."""
    limits: tuple[Limit, ...] = ()
    """What the contract states for the operation, its path and all of it, on top of the consumer's plan."""
    course: Course = USUAL
    """What the operator says about its calls: time, retries, keys."""
    identity: tuple[str, str, str] = field(init=False)
    """Contract, version, key."""
    parameters: tuple[Parameter, ...] = field(init=False)
    """All of them."""
    without_query: tuple[Parameter, ...] = field(init=False)
    """Those that mean something in a request that has no query."""
    usual: Usual = field(init=False)
    """What is known of its body by the Content-Type alone."""
    exact: Mapping[int, Answer] = field(init=False)
    """The answers to single statuses."""

    def __post_init__(self) -> None:
        identity = (self.contract.name, self.contract.version, self.key)
        object.__setattr__(self, "identity", identity)
        everywhere = (*self.in_path, *self.in_query, *self.in_header, *self.in_cookie)
        object.__setattr__(self, "parameters", everywhere)
        without = tuple(held for held in everywhere if held.location != "query" or held.required)
        object.__setattr__(self, "without_query", without)
        object.__setattr__(self, "usual", usual(self.body) if self.body is not None else {})
        exact = {int(status): held for status, held in self.answers.items() if _CODE.fullmatch(status)}
        object.__setattr__(self, "exact", exact)

    pending = False
    """Whether its first call has to wait until it is compiled."""

    def prepare(self) -> str:
        """Compiles what is not compiled yet. Why that cannot be done, or nothing."""
        return ""

    @property
    def checks(self) -> Iterator[Check]:
        """All schemas that calls are held against."""
        parameters = self.parameters
        contents = list(self.body.held) if self.body is not None else []
        for answer in self.answers.values():
            parameters += answer.headers
            contents += answer.content.held
        judging: tuple[Parameter | Content, ...] = (*parameters, *contents)
        for one in judging:
            if one.check is not None:
                yield one.check

    def answer(self, status: int) -> Answer | None:
        """The declared response for a status: the code itself, its range, or the default."""
        found = self.exact.get(status)
        if found is None and (answers := self.answers):
            return answers.get(f"{status // 100}XX") or answers.get("default")
        return found
