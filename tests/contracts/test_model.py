"""The model is built from every line, from broken documents too, and from the whole corpus."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.document import parse
from contracts.errors import (
    ContractError,
    LimitExceeded,
    UnknownSpecification,
    Unreadable,
    UnresolvableReference,
)
from contracts.model import EventApi, HttpApi, build
from contracts.references import DocumentSet, load
from tests.contracts.made import documents


def read(path: Path, folder: Path) -> DocumentSet:
    def retrieve(name: str) -> bytes:
        if "://" in name or not (folder / name).is_file():
            raise UnresolvableReference("reference-outside", f"'{name}' is not there.", name)
        return (folder / name).read_bytes()

    return load(parse(path.read_bytes(), path.relative_to(folder).as_posix()), retrieve)


def test_only_contracts_have_a_model() -> None:
    for text in ("arazzo: 1.0.0", "$schema: https://json-schema.org/draft/2020-12/schema", "a: 1", "[]"):
        with pytest.raises(UnknownSpecification) as caught:
            build(documents(text))
        assert caught.value.line == 1


@pytest.mark.parametrize(
    ("name", "operations"),
    [
        ("general/stripe-spec3@2023-03-06.yaml", 446),
        ("general/github-rest-1.1.4.yaml", 873),
        ("general/kubernetes-swagger@2018-03-09.json", 795),
        ("general/digitalocean-bundled@2026-08-07.yaml", 659),
        ("opentripmodel/otm-4.1.0@2018-03-22.yaml", 43),
        ("dcsa/dcsa-ebl-3.0.4@2026-06-11.yaml", 11),
    ],
)
@pytest.mark.corpus
def test_operations_of_large_contracts(corpus: Path, name: str, operations: int) -> None:
    path = corpus / "openapi" / name
    api = build(read(path, path.parent))
    assert isinstance(api, HttpApi)
    assert len(api.operations) == operations
    # An independent count: what is written under `paths` with a method's name.
    methods = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    written = sum(len(methods & item.keys()) for item in api.documents.root.value["paths"].values())
    assert written == operations
    assert len({operation.key for operation in api.operations}) == operations


@pytest.mark.parametrize(
    ("name", "channels", "operations"),
    [
        ("spec-v2.6/streetlights-kafka.yml", 4, 4),
        ("spec-v3/streetlights-kafka-asyncapi.yml", 4, 4),
        ("wms/wms-shipping-events@2026-01-14.yaml", 1, 8),
        ("spec-v3-multifile/social-media/backend/asyncapi.yaml", 4, 4),
    ],
)
@pytest.mark.corpus
def test_channels_of_real_contracts(corpus: Path, name: str, channels: int, operations: int) -> None:
    api = build(read(corpus / "asyncapi" / name, corpus / "asyncapi"))
    assert isinstance(api, EventApi)
    assert (len(api.channels), len(api.operations)) == (channels, operations)


@pytest.mark.corpus
def test_the_same_streetlights_in_2_and_3_say_the_same(corpus: Path) -> None:
    """The specification's own example in both lines: same directions, addresses and messages."""
    said = []
    for name in ("spec-v2.6/streetlights-mqtt.yml", "spec-v3/streetlights-mqtt-asyncapi.yml"):
        api = build(read(corpus / "asyncapi" / name, corpus / "asyncapi"))
        assert isinstance(api, EventApi)
        said.append(
            sorted(
                (
                    operation.action,
                    operation.channel.address,
                    [message.title for message in operation.messages],
                )
                for operation in api.operations
            )
        )
    assert said[0] == said[1]


@pytest.mark.corpus
def test_the_whole_corpus_builds_or_says_why_not(corpus: Path) -> None:
    refused = {}
    for path in sorted([*corpus.glob("openapi/**/*"), *corpus.glob("asyncapi/**/*")]):
        if not path.is_file():
            continue
        try:
            api = build(read(path, corpus))
        except ContractError as error:
            refused[path.name] = error
            continue
        assert api.title, path
        for problem in api.problems:
            assert problem.source, problem
            assert problem.line, problem
            assert problem.pointer, problem
    assert set(refused) == {
        "xero-finance@2022-12-07.INVALID.yaml",  # it is no YAML
        "messages.yaml",  # parts of the multi-file contract
        "parameters.yaml",
        "schemas.yaml",
        "servers.yaml",
    }
    assert isinstance(refused.pop("xero-finance@2022-12-07.INVALID.yaml"), Unreadable)
    assert all(isinstance(error, UnknownSpecification) for error in refused.values())


FULL = """
openapi: 3.1.0
info: {title: T, version: 1.0.0}
servers: [{url: 'https://h', variables: {a: {default: b}}}]
security: [{key: []}]
tags: [{name: a}]
paths:
  /a/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    post:
      operationId: a
      tags: [a]
      parameters: [{$ref: '#/components/parameters/P'}]
      requestBody: {content: {application/json: {schema: {type: object}, encoding: {a: {headers: {H: {}}}}}}}
      responses: {'200': {description: ok, headers: {H: {schema: {}}}, links: {l: {}}}}
      callbacks: {c: {'{$url}': {post: {responses: {}}}}}
webhooks: {w: {post: {}}}
components:
  parameters: {P: {name: q, in: query, content: {application/json: {schema: {}}}}}
  securitySchemes: {key: {type: apiKey, in: header, name: X}}
"""
EVENTS = """
asyncapi: 3.0.0
info: {title: T, version: 1.0.0, tags: [{name: a}]}
servers: {s: {host: h, protocol: mqtt, security: [{$ref: '#/components/securitySchemes/k'}]}}
channels:
  c: {address: a, messages: {m: {$ref: '#/components/messages/m'}}, parameters: {p: {enum: [a]}}, servers: [{$ref: '#/servers/s'}]}
operations:
  o: {action: send, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/channels/c/messages/m'}], traits: [{title: t}],
      reply: {channel: {$ref: '#/channels/c'}, address: {location: '$message.header#/r'}}, bindings: {mqtt: {qos: 1}}}
components:
  securitySchemes: {k: {type: plain}}
  messages: {m: {payload: {schemaFormat: application/schema+json, schema: {type: object}}, headers: {type: object}, correlationId: {location: x}, traits: [{name: n}]}}
"""
ODD = st.sampled_from(
    [
        None,
        0,
        1.5,
        True,
        "text",
        "#/paths",
        [],
        {},
        [1],
        [[]],
        {"a": 1},
        {"$ref": "#"},
        {"$ref": 1},
        {"$ref": "#/nope"},
    ]
)


def test_references_that_multiply_end_in_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contracts.tolerant._STEPS", 10_000)
    callbacks = ", ".join(f"c{number}: {{x: {{$ref: '#/paths/~1a'}}}}" for number in range(60))
    text = f"openapi: 3.0.3\npaths: {{/a: {{post: {{callbacks: {{{callbacks}}}}}}}}}"
    with pytest.raises(LimitExceeded) as caught:
        build(documents(text))
    assert caught.value.code == "too-entangled"


def nodes(value: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(path for key, child in items for path in nodes(child, (*at, key)))]


def replaced(value: object, path: tuple[str | int, ...], odd: object) -> object:
    if not path:
        return odd
    if isinstance(value, dict):
        return {
            key: replaced(child, path[1:], odd) if key == path[0] else child for key, child in value.items()
        }
    assert isinstance(value, list)
    return [
        replaced(child, path[1:], odd) if index == path[0] else child for index, child in enumerate(value)
    ]


@pytest.mark.parametrize(
    "text", [FULL, FULL.replace("3.1.0", "3.2.0", 1), EVENTS, EVENTS.replace("3.0.0", "3.1.0", 1)]
)
def test_the_documents_that_are_broken_below_are_whole(text: str) -> None:
    assert build(documents(text)).problems == ()


@given(st.data())
def test_nothing_that_is_broken_in_one_place_stops_the_builders(data: st.DataObject) -> None:
    """Any node of a full document replaced by any kind of value: a model, or the specification is unknown."""
    text = data.draw(st.sampled_from([FULL, EVENTS]))
    whole = parse(text.encode()).value
    path = data.draw(st.sampled_from(nodes(whole)))
    broken = replaced(whole, path, data.draw(ODD))
    try:
        build(load(parse(orjson.dumps(broken), "main.json")))
    except UnknownSpecification:
        assert path in ((), ("openapi",), ("asyncapi",))
