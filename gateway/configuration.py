"""What an operator tells one gateway: what callers may speak, whom to believe, how upstreams are treated, where limits are shared,
where traces go.

`specs/gateway.schema.json` describes it. Secrets are named by the environment variables that hold them.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import jsonschema_rs
import orjson
from redis.asyncio import ConnectionPool

from gateway.callers.trust import (
    ASYMMETRIC,
    NOBODY,
    Certificates,
    Introspection,
    Issuer,
    Signature,
    Trust,
)
from gateway.entering import entrance, networks
from gateway.evidence.passwords import parsed
from gateway.http.entrance import PLAIN_ENTRANCE, Entrance
from gateway.idempotency.settings import USUAL as KEEPING
from gateway.idempotency.settings import Keeping
from gateway.malformed import Malformed
from gateway.pressure import USUAL, Shedding
from gateway.sharing import WhenAway
from gateway.tracing.tracer import Tracing
from gateway.upstreams.settings import NOTHING_SAID, SCHEMA, Settings


@dataclass(frozen=True, slots=True)
class Configuration:
    """`consumers` are the names of those that the operator knows. Without `redis` limits are this process's own."""

    trust: Trust = NOBODY
    consumers: tuple[str, ...] = ()
    redis: str = field(default="", repr=False)
    when_away: WhenAway = "refuse"
    tracing: Tracing | None = None
    upstreams: Settings = NOTHING_SAID
    shedding: Shedding = USUAL
    keeping: Keeping = KEEPING
    entrance: Entrance = PLAIN_ENTRANCE


PLAIN = Configuration()
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@cache
def _validator() -> jsonschema_rs.Validator:
    schema = orjson.loads((files("specs") / "gateway.schema.json").read_bytes())
    known = jsonschema_rs.Registry([(SCHEMA["$id"], SCHEMA)])
    return jsonschema_rs.Draft202012Validator(schema, mask="value", offline=True, registry=known)


def configured(value: Mapping[str, Any], environment: Mapping[str, str]) -> Configuration:
    """The configuration that a mapping states. Raises `Malformed` for what is not understood."""
    error = next(_validator().iter_errors(value), None)
    if error is not None:
        place = ".".join(map(str, error.instance_path)) or "the whole"
        raise Malformed(f"{place}: {error.message[:200]}", "configuration")
    reader = _Reader(value, environment)
    limits = value.get("limits", {})
    return Configuration(
        reader.trust(),
        tuple(value.get("consumers", {})),
        reader.redis(limits["redis_env"]) if "redis_env" in limits else "",
        limits.get("when_away", "refuse"),
        reader.tracing(),
        Settings(value.get("upstreams", {}), value.get("contracts", {})),
        _shedding(value.get("shedding", {})),
        reader.keeping(),
        entrance(value, reader.secret),
    )


class _Reader:
    def __init__(self, value: Mapping[str, Any], environment: Mapping[str, str]) -> None:
        self._value = value
        self._environment = environment

    def secret(self, name: str) -> str:
        found = self._environment.get(name, "")
        if not found:
            raise Malformed(f"the environment has no {name}, which the configuration names", "configuration")
        return found

    def redis(self, name: str) -> str:
        url = self.secret(name)
        try:
            ConnectionPool.from_url(url)
        except ValueError:
            # Without the address: it may hold a password.
            raise Malformed(f"{name} is no redis://, rediss:// or unix:// address", "configuration") from None
        return url

    def tracing(self) -> Tracing | None:
        held = self._value.get("tracing")
        if held is None:
            return None
        return Tracing(
            held["endpoint"],
            self._headers(held["headers_env"]) if "headers_env" in held else (),
            float(held.get("ratio", 1.0)),
            held.get("parents", True),
            held.get("response_header", ""),
            held.get("service", "lading-gateway"),
            tuple(held.get("resource", {}).items()),
        )

    def _headers(self, name: str) -> tuple[tuple[str, str], ...]:
        """`name=value,…`, percent-encoded where need be, as OTEL_EXPORTER_OTLP_HEADERS has it."""
        found = []
        for pair in self.secret(name).split(","):
            field, equals, value = pair.partition("=")
            text = unquote(value.strip())
            if (
                not equals
                or not _TOKEN.fullmatch(field.strip())
                or not text.isascii()
                or not text.isprintable()
            ):
                # Without the text: it holds a secret.
                raise Malformed(f"{name} is not a list of name=value", "configuration")
            found.append((field.strip(), text))
        return tuple(found)

    def keeping(self) -> Keeping:
        """Keys are kept in the Redis that is named for them, or for limits, or in this process."""
        held = dict(self._value.get("idempotency", {}))
        variable = held.pop("redis_env", self._value.get("limits", {}).get("redis_env"))
        return Keeping(**held, redis=self.redis(variable) if variable else "")

    def trust(self) -> Trust:
        value = self._value
        identified = self._identified()
        return Trust(
            issuers={held["issuer"]: _issuer(held) for held in value.get("issuers", ())},
            introspection=self._introspection(),
            certificates=_certificates(value.get("certificates", {})),
            signatures={name: self._signature(name, held) for name, held in value.get("signatures", {}).items()},
            clients=identified["clients"],
            certificates_of=identified["certificates"],
            digests={bytes.fromhex(digest): name for digest, name in identified["api_keys"].items()},
            passwords=self._passwords(),
            forward_credentials=value.get("forward_credentials", True),
        )  # fmt: skip

    def _identified(self) -> dict[str, dict[str, str]]:
        """Consumers by what identifies them; nothing may stand for two."""
        found: dict[str, dict[str, str]] = {"clients": {}, "certificates": {}, "api_keys": {}}
        for name, held in self._value.get("consumers", {}).items():
            for kind, known in found.items():
                for text in held.get(kind, ()):
                    word = text.lower() if kind == "api_keys" else text
                    if known.setdefault(word, name) != name:
                        raise Malformed(
                            f"consumers {known[word]} and {name} share one of their {kind}", "configuration"
                        )
        return found

    def _passwords(self) -> dict[str, str]:
        found = {}
        for name, held in self._value.get("consumers", {}).items():
            if "password" in held:
                try:
                    parsed(held["password"])
                except ValueError as error:
                    raise Malformed(f"consumers.{name}.password: {error}", "configuration") from None
                found[name] = held["password"]
        return found

    def _introspection(self) -> Introspection | None:
        held = self._value.get("introspection")
        if held is None:
            return None
        return Introspection(
            held["url"],
            held["client_id"],
            self.secret(held["client_secret_env"]),
            tuple(held.get("audience", ())),
            held.get("issuer", ""),
            held.get("cache", 30),
            held.get("timeout", 2.0),
        )

    def _signature(self, scheme: str, held: Mapping[str, Any]) -> Signature:
        secrets = tuple(_signing(scheme, self.secret(name)) for name in held["secrets_env"])
        return Signature(
            secrets, held.get("tolerance", 300), held.get("prefix", "webhook-"), held.get("consumer", "")
        )


def _signing(scheme: str, text: str) -> bytes:
    """A secret as Standard Webhooks writes it: `whsec_` and base64, of 24 bytes at least."""
    try:
        secret = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) < 24:
        raise Malformed(
            f"a secret of signatures.{scheme} is not whsec_ and the base64 of at least 24 bytes", "configuration"
        )  # fmt: skip
    return secret


def _issuer(held: Mapping[str, Any]) -> Issuer:
    usual = Issuer("", ())
    algorithms = tuple(held.get("algorithms", usual.algorithms))
    assert all(algorithm in ASYMMETRIC for algorithm in algorithms)
    return Issuer(
        held["issuer"],
        tuple(held["audience"]),
        algorithms,
        held.get("jwks", ""),
        held.get("skew", usual.skew),
        tuple(held.get("client", usual.client)),
        tuple(held.get("schemes", ())),
    )


def _shedding(held: Mapping[str, Any]) -> Shedding:
    lag = held.get("lag", USUAL.lag)
    return Shedding(None if lag is False else lag, held.get("in_flight"), held.get("bytes", USUAL.bytes))


def _certificates(held: Mapping[str, Any]) -> Certificates:
    proxies = networks(held.get("proxies", ()), "certificates.proxies")
    return Certificates(proxies, held.get("header", "client-cert"))
