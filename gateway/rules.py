"""How strictly contracts are read, where specifications leave room and tools disagree."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any, Literal, TypeAlias, get_args, get_type_hints

Policy: TypeAlias = Literal["refuse", "tell", "allow"]
"""Refuse, report and let pass, or do not look."""
Choice: TypeAlias = Literal["refuse", "allow"]


def _rule(default: Any, why: str, form: str = "") -> Any:
    """`form` shows how a rule is written that has no fixed choices."""
    return field(default=default, metadata={"why": why, "form": form})


@dataclass(frozen=True, slots=True)
class Rules:
    """What is minded in calls, besides what a contract says without doubt."""

    unknown_query: Policy = _rule("allow", "Query parameters that the operation does not declare.")
    unknown_headers: Policy = _rule(
        "allow",
        "Header fields that the operation or response does not declare, other than those of HTTP itself.",
    )
    unknown_cookies: Policy = _rule("allow", "Cookies that the operation does not declare.")
    unknown_properties: Policy = _rule(
        "allow",
        "Properties of bodies that their schema neither names nor opens itself to by `additionalProperties`.",
    )
    unknown_exempt: tuple[str, ...] = _rule(
        (),
        "Where nothing undeclared counts: `body/metadata`, `header/x-internal-*`, `body/**/extensions`, separated by commas.",
        form="place,place",
    )
    undeclared_body: Choice = _rule("allow", "Bodies where the operation or response declares none.")
    undeclared_status: Choice = _rule(
        "refuse", "Responses with a status that the operation does not declare."
    )
    undeclared_response_type: Choice = _rule(
        "refuse", "Response bodies of a media type that the response does not declare."
    )
    unacceptable: Choice = _rule(
        "allow",
        "Requests whose Accept admits none of the declared media types of successful responses; refused, they get 406.",
    )
    formats: bool = _rule(True, "Whether `format` is asserted.")
    one_way: Choice = _rule("refuse", "readOnly properties in requests, writeOnly ones in responses.")
    discriminator: Literal["selects", "narrows"] = _rule(
        "selects",
        "Whether a discriminator's value alone decides among the members of a `oneOf`, or no other may match besides.",
    )
    head_as_get: bool = _rule(False, "HEAD where only GET is declared.")
    security: Literal["verify", "form", "presence", "ignore"] = _rule(
        "ignore",
        "Whether the credentials that the contract's `security` asks for are verified, or only have to be there, and in their form.",
    )
    hosts: Literal["any", "servers"] = _rule(
        "any", "Whether the authority has to be one of the contract's `servers`."
    )
    reserved: Choice = _rule(
        "allow",
        "Unescaped reserved characters in values of parameters and form fields without `allowReserved`.",
    )
    websockets: Literal["declared", "allow", "refuse"] = _rule(
        "declared",
        "WebSocket, unexamined beyond its handshake: where the operation declares a response 101, everywhere, or nowhere.",
    )
    content_parts: bool = _rule(True, "Whether forms and other content that is not JSON is checked.")
    booleans: Literal["json", "words"] = _rule(
        "json",
        "How parameters and form fields write booleans: `true` and `false`, or also `1`, `t`, `y`, `yes`, `on` and their opposites, in any case.",
    )
    empty: Literal["value", "absent"] = _rule(
        "value",
        "What an empty text of an optional parameter is where its schema does not accept it: a wrong value, or one that was not sent.",
    )
    text_scalars: Choice = _rule(
        "refuse", 'Numbers and booleans of JSON bodies that are written as text, like `"42"`.'
    )
    multipart: Literal["strict", "lenient"] = _rule(
        "strict",
        "Whether multipart bodies follow RFC 2046 to the letter, or may end their lines with LF alone and have a boundary that should be quoted.",
    )
    wildcards: Literal["none", "greedy"] = _rule(
        "none",
        "Whether a last segment like `{path+}`, `{path}*`, `{path}(*)`, `{path:.*}` or `*path` of a path template stands for all that follows.",
    )
    unknown_paths: Choice = _rule(
        "refuse",
        "Calls below the contract's base path with a path or method that it does not have. Let pass, they are forwarded unvalidated.",
    )
    unvalidated: Choice = _rule(
        "allow",
        "Calls and responses of which a part cannot be judged: a schema that cannot be read, a body that nothing describes. Streams, and what a mode leaves out, do not count.",
    )
    networks: tuple[str, ...] = _rule(
        (),
        "Networks and addresses that calls may come from, separated by commas; from anywhere where there are none.",
        form="10.1.0.0/16,2001:db8::1",
    )


DEFAULT_RULES = Rules()
_FLAGS = {"true": True, "false": False}


class WrongRule(ValueError):
    """A rule that does not exist, or a value that it cannot have; the message says which there are."""


def parse_rules(text: str, usual: Rules = DEFAULT_RULES) -> Rules:
    """The rules that `name=value` pairs, separated by blanks, make of the usual ones. Raises `WrongRule`."""
    kinds = get_type_hints(Rules)
    values: dict[str, Any] = {one.name: getattr(usual, one.name) for one in fields(Rules)}
    for pair in text.split():
        name, equals, value = pair.partition("=")
        if name not in kinds:
            raise WrongRule(f"There is no rule {name!r}. There are {', '.join(kinds)}.")
        if not equals:
            raise WrongRule(f"The rule {name} has no value. Write {name}={choices(name)}.")
        values[name] = _value(name, value)
    return Rules(**values)


def _value(name: str, text: str) -> Any:
    usual = getattr(DEFAULT_RULES, name)
    if isinstance(usual, tuple):
        parts = tuple(part for part in text.split(",") if part)
        if name == "networks":
            for part in parts:
                _network(part)
        return parts
    if text not in choices(name).split("|"):
        raise WrongRule(f"The rule {name} is {text!r}, and is one of {choices(name).replace('|', ', ')}.")
    return _FLAGS[text] if isinstance(usual, bool) else text


def _network(text: str) -> None:
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        raise WrongRule(f"The rule networks has {text!r}, which is no network or address: {error}.") from None


def choices(name: str) -> str:
    """What a rule may be, separated by bars."""
    kind = get_type_hints(Rules)[name]
    if kind is bool:
        return "|".join(_FLAGS)
    if isinstance(getattr(DEFAULT_RULES, name), str):
        return "|".join(get_args(kind))
    return next(str(one.metadata["form"]) for one in fields(Rules) if one.name == name)


def described() -> Iterator[tuple[str, str, str, str]]:
    """Name, choices, default and meaning of each rule."""
    for one in fields(Rules):
        usual = ",".join(one.default) if isinstance(one.default, tuple) else str(one.default).lower()
        yield one.name, choices(one.name), usual, one.metadata["why"]
