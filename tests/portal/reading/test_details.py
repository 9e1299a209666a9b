"""One operation in full."""

from __future__ import annotations

from contracts import model
from contracts.model import EventApi, HttpApi
from contracts.references import from_files
from portal.reading import details

HTTP = b"""
openapi: 3.1.0
info: {title: t, version: 1.0.0}
paths:
  /a/{id}:
    post:
      security: [{key: [], token: [orders.read]}, {cert: []}]
      parameters:
        - {name: id, in: path, required: true, description: The id, schema: {type: string, maxLength: 4}, example: A-1}
        - {name: q, in: query, content: {application/json: {schema: {type: object, properties: {x: {}}}}}}
      requestBody: {required: true, content: {application/json: {schema: {type: integer}}}}
      responses:
        '200': {description: Fine, headers: {ETag: {required: true, schema: {type: string}}}}
      callbacks: {done: {'{$request.body#/url}': {post: {responses: {}}}}}
    get: {security: [], responses: {}}
    put: {responses: {}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-API-Key}
    token: {type: oauth2, flows: {}}
"""
EVENTS = b"""
asyncapi: 3.0.0
info: {title: t, version: 1.0.0}
channels:
  c:
    address: a.{site}
    parameters: {site: {description: Which site, enum: [x, y]}}
    messages: {m: {headers: {type: object}, payload: {type: object, properties: {n: {type: integer}}}}}
  back: {address: b, messages: {r: {payload: {type: string}, examples: [{name: yes, payload: done}]}}}
operations:
  ask: {action: send, channel: {$ref: '#/channels/c'}, reply: {channel: {$ref: '#/channels/back'}}}
"""


def http() -> HttpApi:
    api = model.build(from_files({"a.yaml": HTTP}, "a.yaml"))
    assert isinstance(api, HttpApi)
    return api


def call(method: str) -> details.CallDetails:
    api = http()
    return details.of_call(api, next(each for each in api.operations if each.method == method))


def test_parameters_stand_where_they_travel() -> None:
    shown = call("POST")
    assert [words for words, _ in shown.parameters] == ["In the path", "In the query"]
    (identifier,) = shown.parameters[0][1]
    assert (identifier.name, identifier.required, identifier.description) == ("id", True, "The id")
    assert (identifier.examples, identifier.rules) == (("A-1",), ("at most 4 characters",))
    assert shown.parameters[1][1][0].children[0].name == "x"


def test_who_may_call_is_said_in_words() -> None:
    assert call("POST").security == (
        "a key in header X-API-Key (key) and an OAuth 2 token with orders.read (token)",
        "cert (not defined in this contract)",
    )
    assert call("GET").security == ("Anyone may call it.",)
    assert call("PUT").security == ()


def test_bodies_answers_and_callbacks() -> None:
    shown = call("POST")
    assert shown.body_required
    assert shown.body[0].tree is not None
    assert shown.body[0].tree.type == "integer"
    assert shown.answers[0].headers[0].name == "ETag"
    assert [each.operation.kind for each in shown.callbacks] == ["callback"]


def test_messages_and_their_replies() -> None:
    api = model.build(from_files({"a.yaml": EVENTS}, "a.yaml"))
    assert isinstance(api, EventApi)
    shown = details.of_event(api, api.operations[0])
    assert shown.parameters[0].values == ('"x"', '"y"')
    assert shown.messages[0].payload is not None
    assert shown.messages[0].examples[0].value == {"n": 1}
    assert [(each.value, each.made) for each in shown.reply[0].examples] == [("done", False)]


def described(paths: str) -> details.CallDetails:
    text = f"openapi: 3.1.0\ninfo: {{title: t, version: 1.0.0}}\npaths: {{/a: {{get: {paths}}}}}\n"
    made = model.build(from_files({"a.yaml": text.encode()}, "a.yaml"))
    assert isinstance(made, HttpApi)
    return details.of_call(made, made.operations[0])


def test_an_operation_that_says_nothing_shows_nothing() -> None:
    shown = described("{responses: {}}")
    assert (shown.parameters, shown.body, shown.body_required, shown.body_description) == ((), (), False, "")
    assert (shown.answers, shown.security, shown.callbacks) == ((), (), ())


def test_one_way_in_that_needs_nothing_opens_it_to_anyone() -> None:
    assert described("{security: [{key: []}, {}], responses: {}}").security == ("Anyone may call it.",)


def test_very_many_media_types_and_scopes_are_bounded() -> None:
    types = ", ".join(f"'a/{each}': {{}}" for each in range(50))
    assert len(described(f"{{requestBody: {{content: {{{types}}}}}, responses: {{}}}}").body) == 8
    (words,) = details.security_words(
        ({"token": tuple(f"s{each}" for each in range(90))},), http().security_schemes
    )
    assert "s11" in words
    assert "s12" not in words


def test_callbacks_of_callbacks_are_not_drawn() -> None:
    again = "{'{$url}': {post: {responses: {}, callbacks: {again: {'{$url}': {post: {responses: {}}}}}}}}"
    (callback,) = described(f"{{responses: {{}}, callbacks: {{done: {again}}}}}").callbacks
    assert callback.operation.callbacks
    assert callback.callbacks == ()


def test_parameters_of_the_wrong_kind_do_not_stop_the_page() -> None:
    parameters = "[{name: q, in: query, example: {a: 1}, description: 3, schema: 5}, {name: r, in: query, schema: false}, 7]"
    ((_, nodes),) = described(f"{{parameters: {parameters}, responses: {{}}}}").parameters
    assert [(node.name, node.examples) for node in nodes] == [("q", ()), ("r", ())]
    assert nodes[1].type == "never"
