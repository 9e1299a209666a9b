"""From the model of a contract to its compiled operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from contracts import model
from contracts.pointers import to_pointer
from contracts.schemas import Direction, Discriminators, Translator
from gateway.bodies.body import Content, contents
from gateway.bodies.media import Choices
from gateway.checks.check import Checks
from gateway.checks.exempt import Exempt
from gateway.parameters.names import OVERRIDES, Names, StrangeFields, strangers
from gateway.parameters.parameter import IGNORED_HEADERS, Parameter
from gateway.routes.trie import names_of
from gateway.upstreams.settings import Said, course_of

from .contract import Contract
from .deferred import Compile, Deferred, Source
from .limits import limits_of
from .operation import Answer, Modes, Operation
from .servers import authorities, base_paths

_DISCRIMINATORS = {"selects": Discriminators.SELECTING, "narrows": Discriminators.ENFORCED}


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A contract with its operations; `checks` are all the schemas that it judges by, where they are known."""

    contract: Contract
    operations: tuple[tuple[str, str, Operation], ...]
    """Path template below the base path, method, operation."""
    checks: Checks | None
    fallback: Operation | None = None
    """What stands for the paths and methods that the contract does not have; None where they are refused."""


def compile_contract(
    contract: Contract,
    api: model.HttpApi,
    modes: Mapping[str, Modes] | None = None,
    said: Said = MappingProxyType({}),
) -> Compiled:
    """Compiles every operation of a contract. `modes` are those of single operations, by key, `said` is what holds for
    its upstreams."""
    checks = _checks(contract, api)
    compiler = _Compiler(contract, api, checks, said)
    found = [
        (operation.path, operation.method, compiler.operation(operation, (modes or {}).get(operation.key)))
        for operation in api.operations
    ]
    return Compiled(contract, tuple(found), checks, compiler.fallback())


def defer_contract(
    contract: Contract,
    api: model.HttpApi,
    read: Callable[[], model.HttpApi],
    modes: Mapping[str, Modes] | None = None,
    said: Said = MappingProxyType({}),
) -> Compiled:
    """The same with operations that are compiled at their first call, from what `read` gives: `api` is not kept."""
    compiler = _Compiler(contract, api, _checks(contract, api), said)

    def opened() -> Compile:
        again = read()
        making = _Compiler(contract, again, _checks(contract, again), said)
        declared = {operation.key: operation for operation in again.operations}
        return lambda key: making.operation(declared[key], (modes or {}).get(key))

    size = sum(len(document.content) for document in api.documents.documents.values())
    source = Source(opened, size)
    found = tuple(
        (
            declared.path,
            declared.method,
            Deferred.of(source, compiler.known(declared, (modes or {}).get(declared.key))),
        )
        for declared in api.operations
    )
    return Compiled(contract, found, None, compiler.fallback())


def _checks(contract: Contract, api: model.HttpApi) -> Checks:
    rules = contract.rules
    translator = Translator(
        api.documents,
        refuse_one_way=rules.one_way == "refuse",
        discriminators=_DISCRIMINATORS[rules.discriminator],
        xml_hints=True,
    )
    return Checks(translator, rules)


class _Compiler:
    def __init__(self, contract: Contract, api: model.HttpApi, checks: Checks, said: Said) -> None:
        self._contract = contract
        self._said = said
        self._api = api
        self._checks = checks
        self._exempt = Exempt(contract.rules.unknown_exempt)
        self._legacy = api.specification.line == "2.0"
        self._unreadable = [
            problem
            for problem in api.problems
            if problem.pointer and ("/parameters/" in problem.pointer or "/requestBody" in problem.pointer)
        ]

    def known(self, declared: model.Operation, modes: Modes | None) -> dict[str, Any]:
        """What routing, callers, limits and upstreams need of an operation."""
        return {
            "key": declared.key,
            "contract": self._contract,
            "modes": modes or self._contract.modes,
            "path_names": names_of(declared.path, self._contract.rules.wildcards == "greedy"),
            "security": declared.security,
            "base_paths": self._base_paths(declared),
            "authorities": authorities(declared.servers) if self._contract.rules.hosts == "servers" else (),
            "limits": limits_of(self._api, declared)[0],
            "course": course_of(self._said, declared.key),
        }

    def operation(self, declared: model.Operation, modes: Modes | None) -> Operation:
        by_place: dict[str, list[Parameter]] = {"path": [], "query": [], "header": [], "cookie": []}
        for parameter in declared.parameters:
            if parameter.location == "header" and self._ignored(parameter.name):
                continue
            made = Parameter(parameter, self._checks, Direction.REQUEST)
            by_place[made.location].append(made)
        names = self._names(declared, by_place)
        body = declared.body
        _, unread = limits_of(self._api, declared)
        return Operation(
            **self.known(declared, modes),
            in_path=tuple(by_place["path"]),
            in_query=tuple(by_place["query"]),
            in_header=tuple(by_place["header"]),
            in_cookie=tuple(by_place["cookie"]),
            names=names,
            strangers=strangers(names, self._contract.rules, self._exempt),
            body=contents(body.content, self._checks, Direction.REQUEST) if body is not None else None,
            body_required=body is not None and body.required,
            body_pointer=to_pointer((body or declared).origin.path),
            answers={status: self._answer(response) for status, response in _by_status(declared)},
            unvalidated=(
                *unread,
                *self._left_out(declared),
                *(
                    reason
                    for held in by_place.values()
                    for parameter in held
                    for reason in parameter.unvalidated
                ),
            ),
            overrides=names.headers & OVERRIDES,
            produces=_produces(declared) if self._contract.rules.unacceptable == "refuse" else (),
        )

    def fallback(self) -> Operation | None:
        """An operation that declares nothing: whoever may call the contract may call it, and nothing is judged.

        None where the rules refuse what the contract does not have.
        """
        if self._contract.rules.unknown_paths != "allow":
            return None
        servers = self._api.servers if self._contract.rules.hosts == "servers" else ()
        return Operation(
            key="",
            contract=self._contract,
            modes=Modes("off", "off"),
            path_names=(),
            in_path=(),
            in_query=(),
            in_header=(),
            in_cookie=(),
            names=Names(),
            strangers=None,
            body=None,
            body_required=False,
            body_pointer="",
            answers={},
            security=self._api.security,
            unvalidated=("the contract does not have this path and method",),
            authorities=authorities(servers),
        )

    def _left_out(self, declared: model.Operation) -> list[str]:
        """Parameters and bodies that the model could not read, a broken reference above all: nothing holds them."""
        if not self._unreadable:
            return []
        own, source = to_pointer(declared.origin.path), declared.origin.source
        above = to_pointer(declared.origin.path[:-1])
        places = (f"{own}/parameters/", f"{own}/requestBody", f"{above}/parameters/")
        return [
            f"{problem.code} at {problem.pointer}"
            for problem in self._unreadable
            if problem.source == source and (problem.pointer or "").startswith(places)
        ]

    def _base_paths(self, declared: model.Operation) -> tuple[str, ...] | None:
        """Only a contract that is served below the paths of its servers minds those of an operation."""
        if not self._contract.by_servers or declared.servers == self._api.servers:
            return None
        return base_paths(declared.servers)

    def _ignored(self, name: str) -> bool:
        return not self._legacy and name.lower() in IGNORED_HEADERS

    def _names(self, declared: model.Operation, by_place: dict[str, list[Parameter]]) -> Names:
        """What the operation declares, with the API keys that its security asks for."""
        query = by_place["query"]
        return Names(
            query=frozenset(name for one in query for name in one.names) | self._keys(declared, "query"),
            prefixes=tuple(f"{parameter.name}[" for parameter in query if parameter.deep),
            open_query=any(_swallows(parameter) for parameter in query),
            headers=frozenset(
                name.lower().encode("latin-1", "replace")
                for name in {one.name for one in declared.parameters if one.location == "header"}
                | self._keys(declared, "header")
            ),
            cookies=frozenset(one.name for one in by_place["cookie"]) | self._keys(declared, "cookie"),
        )

    def _keys(self, declared: model.Operation, location: str) -> set[str]:
        """Parameters that carry API keys: security declares them, not `parameters`."""
        schemes = self._api.security_schemes
        named = {name for requirement in declared.security or () for name in requirement}
        return {
            scheme.parameter
            for name in named
            if (scheme := schemes.get(name)) is not None and scheme.location == location and scheme.parameter
        }

    def _answer(self, response: model.Response) -> Answer:
        headers = tuple(
            Parameter(header, self._checks, Direction.RESPONSE) for header in response.headers.values()
        )
        content: Choices[Content] = contents(response.content, self._checks, Direction.RESPONSE)
        policy = self._contract.rules.unknown_headers
        names = frozenset(name.lower().encode("latin-1", "replace") for name in response.headers)
        strange = None if policy == "allow" else StrangeFields(names, policy, self._exempt)
        return Answer(response.status, headers, content, bool(response.content), strange)


def _swallows(parameter: Parameter) -> bool:
    check = parameter.check
    return (
        parameter.spread
        and check is not None
        and check.shape.additional is not None
        and not check.shape.properties
    )


def _by_status(declared: model.Operation) -> list[tuple[str, model.Response]]:
    return [
        (status.upper() if status != "default" else status, held)
        for status, held in declared.responses.items()
    ]


def _produces(declared: model.Operation) -> tuple[str, ...]:
    """None where a successful response has no content that is declared: it is acceptable to all."""
    answers = [held for status, held in _by_status(declared) if status.startswith("2")]
    if not answers or not all(held.content for held in answers):
        return ()
    return tuple(dict.fromkeys(name for held in answers for name in held.content))
