"""The names that an operation declares in query, header fields and cookies, and those that it does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from contracts.pointers import to_pointer
from gateway.checks.exempt import Exempt
from gateway.rules import Policy, Rules
from gateway.verdicts import Fault, Place

_COMMON = frozenset(
    b"cache-control connection content-encoding content-language content-length content-type date keep-alive "
    b"pragma trailer transfer-encoding upgrade via warning traceparent tracestate baggage".split()
)
REQUEST_FIELDS = _COMMON | frozenset(
    b"accept accept-charset accept-encoding accept-language authorization cookie dnt expect forwarded from host "
    b"if-match if-modified-since if-none-match if-range if-unmodified-since max-forwards origin priority "
    b"proxy-authorization range referer te upgrade-insecure-requests user-agent x-forwarded-for "
    b"x-forwarded-host x-forwarded-port x-forwarded-proto x-real-ip x-requested-with x-request-id".split()
)
"""Header fields that any client or proxy may send (the IANA field name registry, and what proxies add)."""
RESPONSE_FIELDS = _COMMON | frozenset(
    b"accept-patch accept-post accept-ranges access-control-allow-credentials access-control-allow-headers "
    b"access-control-allow-methods access-control-allow-origin access-control-expose-headers "
    b"access-control-max-age age allow alt-svc content-disposition content-location content-range "
    b"content-security-policy cross-origin-embedder-policy cross-origin-opener-policy "
    b"cross-origin-resource-policy deprecation etag expires last-modified link location nel "
    b"proxy-authenticate referrer-policy report-to retry-after server server-timing set-cookie "
    b"strict-transport-security sunset timing-allow-origin vary www-authenticate x-content-type-options "
    b"x-frame-options x-powered-by x-request-id x-xss-protection".split()
)
"""Header fields that any server or proxy may answer with."""


OVERRIDES = frozenset(
    b"x-http-method-override x-http-method x-method-override x-original-url x-rewrite-url".split()
)
"""Header fields by which some servers take a request for another one than it says."""


@dataclass(frozen=True, slots=True)
class Names:
    """Declared names. `prefixes` are those of deepObject parameters with their bracket, `open_query` says that
    undeclared ones belong to an exploded object; header fields are in lower case.
    """

    query: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    open_query: bool = False
    headers: frozenset[bytes] = frozenset()
    cookies: frozenset[str] = frozenset()


class Strangers:
    """Finds undeclared names in requests, by the policies of a contract's rules."""

    __slots__ = (
        "_exempt",
        "_minds_headers",
        "_minds_query",
        "_names",
        "_rules",
        "minds_cookies",
        "only_query",
    )

    def __init__(self, names: Names, rules: Rules, exempt: Exempt) -> None:
        self._names = names
        self._rules = rules
        self._exempt = exempt
        self._minds_query = rules.unknown_query != "allow" and not names.open_query
        self._minds_headers = rules.unknown_headers != "allow"
        self.minds_cookies = rules.unknown_cookies != "allow"
        self.only_query = not (self._minds_headers or self.minds_cookies)
        """Whether nothing can be found where there is no query."""

    def find(
        self, query: Collection[str], headers: Mapping[bytes, bytes], cookies: Collection[str]
    ) -> list[Fault]:
        """One fault for each undeclared name."""
        names, rules = self._names, self._rules
        found: list[Fault] = []
        if query and self._minds_query:
            prefixes = names.prefixes or ("\0",)
            unknown = [name for name in query if name not in names.query and not name.startswith(prefixes)]
            found += _faults("query", unknown, rules.unknown_query, self._exempt)
        if self._minds_headers:
            unknown = _unknown(headers, names.headers, REQUEST_FIELDS)
            found += _faults("header", unknown, rules.unknown_headers, self._exempt)
        if cookies and self.minds_cookies:
            unknown = [name for name in cookies if name not in names.cookies]
            found += _faults("cookie", unknown, rules.unknown_cookies, self._exempt)
        return found


def strangers(names: Names, rules: Rules, exempt: Exempt) -> Strangers | None:
    """None where no rule minds undeclared names, so that nothing is looked for."""
    policies = (rules.unknown_query, rules.unknown_headers, rules.unknown_cookies)
    return None if set(policies) == {"allow"} else Strangers(names, rules, exempt)


class StrangeFields:
    """Finds header fields that a response does not declare."""

    __slots__ = ("_declared", "_exempt", "_policy")

    def __init__(self, declared: frozenset[bytes], policy: Policy, exempt: Exempt) -> None:
        self._declared = declared
        self._policy = policy
        self._exempt = exempt

    def find(self, headers: Iterable[bytes]) -> list[Fault]:
        unknown = _unknown(headers, self._declared, RESPONSE_FIELDS)
        return _faults("header", unknown, self._policy, self._exempt)


def _unknown(headers: Iterable[bytes], declared: frozenset[bytes], usual: frozenset[bytes]) -> list[str]:
    return [name.decode("latin-1") for name in headers if name not in declared and name not in usual]


def _faults(place: Place, names: Iterable[str], policy: Policy, exempt: Exempt) -> list[Fault]:
    """Undeclared names as faults, which refuse where the policy does."""
    what = "header field" if place == "header" else "parameter"
    pointers = [to_pointer((name[:100],)) for name in names]
    return [
        Fault(
            place,
            pointer,
            f"the operation declares no such {what}",
            "unknown-parameter",
            refuses=policy == "refuse",
        )
        for pointer in pointers
        if not exempt(place, pointer)
    ]
