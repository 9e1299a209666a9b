"""The sets of whole exchanges: a document, a request, perhaps a response, and what another validator said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.snapshot.servers import base_paths
from gateway.standalone import standalone
from gateway.verdicts import Fault

from .cases import VERDICTS, Case, api_of
from .schemas import rules_of
from .told import Engine, Told


@dataclass(frozen=True, slots=True)
class Setup:
    """How a project's validator is set up for one case.

    `bases` replace those of the servers. `want` is the verdict to compare with.
    """

    rules: Rules
    want: str
    modes: Modes
    bases: tuple[str, ...] | None = None
    only_response: bool = False
    only: frozenset[str] | None = None
    """Places of faults that the case is about; faults elsewhere do not count."""
    codes: frozenset[str] | None = None
    """The same of codes of faults."""
    base_is_optional: bool = False
    """Paths match below the servers' paths and without them."""
    outside_passes: bool = False
    """What is not below a base path is not refused."""
    only_400: bool = False
    """The project has one answer for whatever is wrong with a request."""

    def minds(self, fault: Fault) -> bool:
        """Whether a fault is of those that the case is about."""
        return (self.only is None or fault.place in self.only) and (
            self.codes is None or fault.code in self.codes
        )


def judge(case: Case, data: Path, setup: Setup, engine: Engine, upstream: str = "") -> str | None:
    """Replays one case; None where the verdict is the same, else the difference."""
    api = api_of(case, data)
    bases = setup.bases
    if setup.base_is_optional:
        bases = tuple(dict.fromkeys((*base_paths(api.servers), "")))
    rules, modes = setup.rules, setup.modes
    if not case.get("response"):
        modes = Modes(modes.request, "off")  # the case says nothing about the response
    if setup.only_response:
        rules, modes = replace(rules, security="ignore"), Modes("off", modes.response)
    path = case["request"]["target"].partition("?")[0]
    if setup.outside_passes and not _is_below(path, bases or base_paths(api.servers)):
        rules = replace(rules, unknown_paths="allow")
    snapshot = standalone(api, upstream, bases=bases, modes=modes, rules=rules)
    told = engine(snapshot, case)
    found = _verdict(told, setup)
    if found == "accept" and told.code == "":
        minded = tuple(fault for fault in told.response_faults if setup.minds(fault))
        if told.response and (minded or not told.response_faults):
            found = "reject-response"
    if found == setup.want:
        return None
    return f"wanted {setup.want}, found {found} ({told.why})"


def _verdict(told: Told, setup: Setup) -> str:
    """What became of the request, in the words of the data."""
    if not told.code:
        return "accept"
    found = VERDICTS.get(told.code, "reject-request")
    if found not in ("not-found", "method-not-allowed") and told.faults:
        if not any(map(setup.minds, told.faults)):
            return "accept"
        if found == "unauthorized" and setup.only is not None and "security" not in setup.only:
            return "reject-request"
    if setup.only_400 and found == "unsupported-media-type":
        return "reject-request"
    return found


def goes_on_the_wire(case: Case, setup: Setup) -> bool:
    """Whether the case can be sent as it is to a gateway that listens without TLS on this machine."""
    held = case["request"]
    by_scheme = setup.rules.hosts == "servers" and held.get("scheme") == "https"
    return held.get("sendable", True) and not by_scheme and not setup.rules.networks


def _is_below(path: str, bases: tuple[str, ...]) -> bool:
    return any(f"{path}/".startswith(f"{base}/") for base in bases)


BOTH = Modes("enforce", "enforce")
REQUEST = Modes("enforce", "off")


def prism(case: Case) -> Setup | str:
    if not case["meaningful"]:
        return case.get("not_meaningful_because") or "not about a verdict"
    mode = "enforce" if case.get("enforced", True) else "monitor"
    want = case["expect"].get("verdict") or case.get("verdict")
    rules = Rules(
        security="form",
        reserved="refuse",
        undeclared_status="allow",
        one_way="allow",
        unknown_paths="allow" if mode == "monitor" else "refuse",
    )
    modes = Modes("enforce", "enforce") if mode == "enforce" else Modes("monitor", "monitor")
    if mode == "monitor":
        want = "accept"
    return Setup(rules, want, modes, bases=("",))


_SCOPES = {
    "query": frozenset({"query"}),
    "path-params": frozenset({"path"}),
    "path": frozenset({"route"}),
    "cookie": frozenset({"cookie"}),
    "header": frozenset({"header"}),
    "security": frozenset({"security"}),
    "request-body": frozenset({"body"}),
}


def _checks_security(case: Case, options: dict[str, Any]) -> bool:
    """The project looks at API keys and `http` schemes only, and lets OAuth 2 pass."""
    text = case.get("spec") or ""
    named = "unauthorized" in (
        case["expect"]["verdict"],
        (case["expect"].get("whole") or {}).get("request_verdict"),
    )
    return bool(options.get("security_validation", True)) and (
        named or ("oauth2" not in text and "spec_ref" not in case)
    )


def libopenapi(case: Case) -> Setup | str:
    options: dict[str, Any] = case.get("options") or {}
    scope = case["scope"]
    secured = _checks_security(case, options) and (scope == "security" or scope not in _SCOPES)
    rules = replace(
        rules_of(case),
        head_as_get=True,
        reserved="refuse",
        security="presence" if secured else "ignore",
    )
    expect = case["expect"]
    want = expect["verdict"]
    if scope in ("response", "request-response"):
        return Setup(rules, want, BOTH, only_response=scope == "response", base_is_optional=True)
    whole = expect.get("whole")
    if whole is None:
        return Setup(rules, want, REQUEST, only=_SCOPES.get(scope), base_is_optional=True)
    if scope in _SCOPES:
        return Setup(rules, want, REQUEST, only=_SCOPES[scope], base_is_optional=True)
    return Setup(rules, whole["request_verdict"], REQUEST, base_is_optional=True)


def kin(case: Case) -> Setup | str:
    options: dict[str, Any] = case.get("options") or {}
    if case.get("auth_callback") and case["expect"]["verdict"] == "unauthorized":
        return "a callback of the upstream test decides about the credentials"
    rules = Rules(
        undeclared_status="refuse" if options.get("include_response_status") else "allow",
        one_way="allow"
        if options.get("exclude_read_only") or options.get("exclude_write_only")
        else "refuse",
        hosts="servers",
        security="ignore" if case.get("auth_callback") else "presence",
        formats=True,
        wildcards="greedy",
    )
    if "custom body decoder" in " ".join(case.get("notes") or ()) and not case["expect"]["valid"]:
        return "a body decoder that the upstream test registers may decide"
    only = None
    if options.get("exclude_request_query_params"):
        only = frozenset({"body", "header", "cookie", "path"})
    if case["scope"] == "route":
        return Setup(replace(rules, security="ignore"), case["expect"]["verdict"], Modes("off", "off"))
    if case["scope"] == "request-body":
        only = frozenset({"body"})
    return Setup(rules, case["expect"]["verdict"], BOTH, only_response=case["scope"] == "response", only=only)


def express(case: Case) -> Setup | str:
    options: dict[str, Any] = case.get("options") or {}
    if case.get("auth_callback") and case["expect"]["verdict"] in ("unauthorized", "forbidden"):
        return "a handler of the upstream test decides about the credentials"
    requests = options.get("validateRequests", True)
    answers = options.get("validateResponses", False)
    unknown = isinstance(requests, dict) and requests.get("allowUnknownQueryParameters")
    security = options.get("validateSecurity", True)
    if callback := _callback(options, case):
        return callback
    wanted = case["expect"]["verdict"]
    ignored = bool(options.get("ignorePaths")) and wanted == "accept"
    coerced = isinstance(answers, dict) and answers.get("coerceTypes")
    rules = Rules(
        unknown_query="allow" if unknown else "refuse",
        reserved="refuse",
        formats=True,
        security="ignore" if security is False or case.get("auth_callback") else "presence",
        wildcards="greedy",
        text_scalars="allow" if coerced else "refuse",
        unknown_paths="allow" if options.get("ignoreUndocumented") or ignored else "refuse",
    )
    response = "enforce" if case.get("response") else "off"
    modes = Modes("enforce" if requests is not False else "off", response)  # type: ignore[arg-type]
    want = case["expect"]["verdict"]
    if case["expect"].get("enforced") is False:
        want, modes = "accept", Modes(modes.request, "monitor")
    # The application serves what is not below the paths of the servers; the middleware does not look at it.
    return Setup(rules, want, modes, outside_passes=True)


def _callback(options: dict[str, Any], case: Case) -> str | None:
    """Why functions of the upstream test decide about a case, which no data can stand for."""
    if options.get("ignorePaths") == "$function":
        return "a function of the upstream test exempts the path"
    told = case["expect"].get("errors") or ()
    if options.get("formats") and any(one.get("errorCode") == "format.openapi.validation" for one in told):
        return "the format is a function that the upstream test registers"
    return None


def committee(case: Case) -> Setup | str:
    options: dict[str, Any] = case.get("options") or {}
    rules = Rules(
        unknown_query="refuse" if options.get("strict_query_params") else "allow",
        undeclared_status="refuse" if options.get("strict") else "allow",
        undeclared_response_type="allow",
        one_way="allow",
        formats=True,
        empty="absent" if options.get("allow_empty_date_and_datetime") else "value",
        text_scalars="allow" if options.get("coerce_response_values") else "refuse",
        unknown_paths="allow" if case["scope"] == "response" or not options.get("strict") else "refuse",
    )
    if options.get("accept_request_filter") == "$function":
        return "a function of the upstream test decides which requests are looked at"
    prefix = options.get("prefix")
    if prefix and not f"{case['request']['target']}/".startswith(f"{prefix}/"):
        rules = replace(rules, unknown_paths="allow")  # the middleware looks at what is below its prefix
    expect = case["expect"]
    only = None
    if options.get("check_header") is False:
        only = frozenset({"body", "query", "path", "cookie"})
    if case["scope"] == "response":
        return Setup(
            rules,
            expect["verdict"],
            BOTH,
            only=only and only | {"status"},
            bases=(prefix,) if prefix else None,
            base_is_optional=not prefix,
            only_response=True,
        )
    return Setup(
        rules,
        expect["verdict"],
        REQUEST,
        bases=(prefix,) if prefix else None,
        base_is_optional=not prefix,
        only=only,
        only_400=True,
    )


_CORE = {
    "request-body": frozenset({"body"}),
    "request-parameters": frozenset({"query", "path", "header", "cookie"}),
    "request-security": frozenset({"security"}),
}


def core(case: Case) -> Setup | str:
    strict = (case.get("options") or {}).get("forbid_unspecified_additional_properties")
    rules = Rules(
        hosts="servers",
        security="presence",
        one_way="refuse",
        formats=True,
        booleans="words",
        unknown_properties="refuse" if strict else "allow",
    )
    scope = case["scope"]
    if scope.startswith("response"):
        return Setup(rules, case["expect"]["verdict"], BOTH, only_response=True)
    return Setup(rules, case["expect"]["verdict"], REQUEST, only=_CORE.get(scope))


def firewall(case: Case) -> Setup | str:
    options: dict[str, Any] = case.get("options") or {}
    names = {"BLOCK": "enforce", "LOG_ONLY": "monitor", "DISABLE": "off", None: "enforce"}
    modes = Modes(names[options.get("request_validation")], names[options.get("response_validation")])  # type: ignore[arg-type]
    for one in options.get("endpoints") or ():
        if one["path"] == case["request"]["target"].partition("?")[0] and one.get("method") in (
            None,
            case["request"]["method"],
        ):
            modes = Modes(
                names.get(one["request_validation"], modes.request),
                names.get(one["response_validation"], modes.response),
            )  # type: ignore[arg-type]
    expect = case["expect"]
    detects = options.get("unknown_parameters_detection") or case["kind"] == "unknown-parameters"
    rules = Rules(
        unknown_query="refuse" if detects else "allow",
        unknown_properties="refuse" if detects else "allow",
        one_way="allow",
        security="presence",
        networks=tuple((options.get("ip_allowlist") or {}).get("addresses", ())),
    )
    if case["kind"] == "unknown-parameters":
        want = "reject-request" if expect.get("unknown") else "accept"
        # This part of the project looks at names alone; what else is wrong does not count.
        codes = None if expect.get("unknown") else frozenset({"unknown-parameter", "unknown-property"})
        return Setup(replace(rules, unknown_paths="allow"), want, REQUEST, codes=codes)
    if options.get("pass_options_requests") and case["request"]["method"] == "OPTIONS":
        return Setup(replace(rules, unknown_paths="allow"), expect["verdict"], REQUEST)
    if case["kind"] == "validate":
        return Setup(rules, expect["verdict"], REQUEST)
    want = {"pass": "accept", "block-request": "reject-request", "block-response": "reject-response"}[
        expect["outcome"]
    ]
    want = expect.get("verdict") or want
    if modes.request != "enforce":
        rules = replace(rules, unknown_paths="allow")
    return Setup(rules, want, modes)


SETUPS = {
    "prism": prism,
    "libopenapi-validator": libopenapi,
    "kin-openapi": kin,
    "express-openapi-validator": express,
    "committee": committee,
    "openapi-core": core,
    "api-firewall": firewall,
}
