"""From the model of a contract to its compiled operations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts import model
from contracts.pointers import to_pointer
from contracts.schemas import Direction, Translator
from gateway.bodies.body import Content, contents
from gateway.bodies.media import Choices
from gateway.checks.check import Checks
from gateway.parameters.parameter import IGNORED_HEADERS, Parameter
from gateway.routes.trie import names_of

from .contract import Contract, Plan
from .limits import stated
from .operation import Answer, Modes, Operation
from .servers import authorities, base_paths


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A contract with its operations; `checks` are all the schemas that it judges by."""

    contract: Contract
    operations: tuple[tuple[str, str, Operation], ...]
    """Path template below the base path, method, operation."""
    checks: Checks | None


def compile_contract(
    contract: Contract, api: model.HttpApi, modes: Mapping[str, Modes] | None = None
) -> Compiled:
    """Compiles every operation of a contract. `modes` are those of single operations, by key."""
    rules = contract.rules
    checks = Checks(Translator(api.documents, refuse_one_way=rules.one_way == "refuse"), rules)
    compiler = _Compiler(contract, api, checks)
    found = [
        (operation.path, operation.method, compiler.operation(operation, (modes or {}).get(operation.key)))
        for operation in api.operations
    ]
    return Compiled(contract, tuple(found), checks)


class _Compiler:
    def __init__(self, contract: Contract, api: model.HttpApi, checks: Checks) -> None:
        self._contract = contract
        self._api = api
        self._checks = checks
        self._legacy = api.specification.line == "2.0"

    def operation(self, declared: model.Operation, modes: Modes | None) -> Operation:
        by_place: dict[str, list[Parameter]] = {"path": [], "query": [], "header": [], "cookie": []}
        for parameter in declared.parameters:
            if parameter.location == "header" and self._ignored(parameter.name):
                continue
            made = Parameter(parameter, self._checks, Direction.REQUEST)
            by_place[made.location].append(made)
        query = by_place["query"]
        names = {name for parameter in query for name in parameter.names}
        body = declared.body
        limit, limited_plan, unread = _limit(declared)
        return Operation(
            key=declared.key,
            contract=self._contract,
            modes=modes or self._contract.modes,
            path_names=names_of(declared.path),
            in_path=tuple(by_place["path"]),
            in_query=tuple(query),
            in_header=tuple(by_place["header"]),
            in_cookie=tuple(by_place["cookie"]),
            query_names=frozenset(names | self._keys_in_query(declared)),
            query_prefixes=tuple(f"{parameter.name}[" for parameter in query if parameter.deep),
            open_query=any(_swallows(parameter) for parameter in query),
            body=contents(body.content, self._checks, Direction.REQUEST) if body is not None else None,
            body_required=body is not None and body.required,
            body_pointer=to_pointer((body or declared).origin.path),
            answers={status: self._answer(response) for status, response in _by_status(declared)},
            security=declared.security,
            unvalidated=(
                *unread,
                *(
                    reason
                    for held in by_place.values()
                    for parameter in held
                    for reason in parameter.unvalidated
                ),
            ),
            base_paths=self._base_paths(declared),
            authorities=authorities(declared.servers) if self._contract.rules.hosts == "servers" else (),
            limit=limit,
            limited_plan=limited_plan,
        )

    def _base_paths(self, declared: model.Operation) -> tuple[str, ...] | None:
        """Only a contract that is served below the paths of its servers minds those of an operation."""
        if not self._contract.by_servers or declared.servers == self._api.servers:
            return None
        return base_paths(declared.servers)

    def _ignored(self, name: str) -> bool:
        return not self._legacy and name.lower() in IGNORED_HEADERS

    def _keys_in_query(self, declared: model.Operation) -> set[str]:
        """Query parameters that carry API keys: security declares them, not `parameters`."""
        schemes = self._api.security_schemes
        named = {name for requirement in declared.security or () for name in requirement}
        return {
            scheme.parameter
            for name in named
            if (scheme := schemes.get(name)) is not None and scheme.location == "query" and scheme.parameter
        }

    def _answer(self, response: model.Response) -> Answer:
        headers = tuple(
            Parameter(header, self._checks, Direction.RESPONSE) for header in response.headers.values()
        )
        content: Choices[Content] = contents(response.content, self._checks, Direction.RESPONSE)
        return Answer(response.status, headers, content, bool(response.content))


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


def _limit(declared: model.Operation) -> tuple[Plan | None, str | None, tuple[str, ...]]:
    """The operation's own limit; one that cannot be enforced is told with every call."""
    try:
        return (*stated(declared.key, declared.extensions), ())
    except ValueError as error:
        return None, None, (str(error),)
