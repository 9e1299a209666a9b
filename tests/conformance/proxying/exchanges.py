"""The sets of whole exchanges: a document, a request, perhaps a response, and what another validator said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gateway.pipeline import decide, judge_response
from gateway.rules import Rules
from gateway.snapshot.operation import Modes
from gateway.snapshot.servers import base_paths
from gateway.standalone import standalone

from .cases import Case, api_of, request_of, response_of, told, verdict_of
from .schemas import rules_of


@dataclass(frozen=True, slots=True)
class Setup:
    """How a project's validator is set up for one case.

    `unknown_path` passes paths and methods that the document does not have. `bases` replace those of the
    servers. `want` is the verdict to compare with.
    """

    rules: Rules
    want: str
    modes: Modes
    bases: tuple[str, ...] | None = None
    unknown_path: bool = False
    only_response: bool = False
    only: frozenset[str] | None = None
    """Places of faults that the case is about; faults elsewhere do not count."""
    base_is_optional: bool = False
    """Paths match below the servers' paths and without them."""
    only_400: bool = False
    """The project has one answer for whatever is wrong with a request."""


def judge(case: Case, data: Path, setup: Setup) -> str | None:
    """Replays one case; None where the verdict is the same, else the difference."""
    api = api_of(case, data)
    bases = setup.bases
    if setup.base_is_optional:
        bases = tuple(dict.fromkeys((*base_paths(api.servers), "")))
    snapshot = standalone(api, bases=bases, modes=setup.modes, rules=setup.rules)
    request = request_of(case)
    decision = decide(snapshot, request)
    found = verdict_of(decision)
    why = told(decision)
    if (
        setup.only is not None
        and decision.refusal is not None
        and found not in ("not-found", "method-not-allowed")
    ):
        faults = [fault for fault in decision.refusal.faults if fault.place in setup.only]
        if not faults:
            found = "accept"
        elif found == "unauthorized" and "security" not in setup.only:
            found = "reject-request"
    if setup.only_400 and found == "unsupported-media-type":
        found = "reject-request"
    if setup.unknown_path and found in ("not-found", "method-not-allowed"):
        found = "accept"
    response = response_of(case)
    if response is not None and decision.operation is not None and (found == "accept" or setup.only_response):
        verdict = judge_response(decision.operation, request.method, response, snapshot.bounds)
        if any(setup.only is None or fault.place in setup.only for fault in verdict.faults):
            found = "reject-response" if verdict.refusal is not None else found
            why = "; ".join(f"{fault.place} {fault.pointer}: {fault.message}" for fault in verdict.faults[:3])
        elif setup.only_response and found != "accept":
            found = "accept"
    if found == setup.want:
        return None
    return f"wanted {setup.want}, found {found} ({why})"


BOTH = Modes("enforce", "enforce")
REQUEST = Modes("enforce", "off")


def prism(case: Case) -> Setup | str:
    if not case["meaningful"]:
        return case.get("not_meaningful_because") or "not about a verdict"
    mode = "enforce" if case.get("enforced", True) else "monitor"
    want = case["expect"].get("verdict") or case.get("verdict")
    rules = Rules(security="form", reserved="refuse", undeclared_status="allow", one_way="allow")
    modes = Modes("enforce", "enforce") if mode == "enforce" else Modes("monitor", "monitor")
    if mode == "monitor":
        want = "accept"
    return Setup(rules, want, modes, bases=("",), unknown_path=mode == "monitor")


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
    )
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
    unknown = isinstance(requests, dict) and requests.get("allowUnknownQueryParameters")
    security = options.get("validateSecurity", True)
    rules = Rules(
        unknown_query="allow" if unknown else "refuse",
        reserved="refuse",
        formats=True,
        security="ignore" if security is False or case.get("auth_callback") else "presence",
    )
    response = "enforce" if case.get("response") else "off"
    modes = Modes("enforce" if requests is not False else "off", response)  # type: ignore[arg-type]
    want = case["expect"]["verdict"]
    if case["expect"].get("enforced") is False:
        want, modes = "accept", Modes(modes.request, "monitor")
    passes = bool(options.get("ignoreUndocumented")) or (
        bool(options.get("ignorePaths")) and want == "accept"
    )
    return Setup(rules, want, modes, unknown_path=passes)


def committee(case: Case) -> Setup | str:
    options: dict[str, Any] = case.get("options") or {}
    rules = Rules(
        unknown_query="refuse" if options.get("strict_query_params") else "allow",
        undeclared_status="refuse" if options.get("strict") else "allow",
        undeclared_response_type="allow",
        one_way="allow",
        formats=True,
    )
    if options.get("accept_request_filter") == "$function":
        return "a function of the upstream test decides which requests are looked at"
    prefix = options.get("prefix")
    outside = bool(prefix) and not f"{case['request']['target']}/".startswith(f"{prefix}/")
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
            unknown_path=True,
            only_response=True,
        )
    return Setup(
        rules,
        expect["verdict"],
        REQUEST,
        bases=(prefix,) if prefix else None,
        base_is_optional=not prefix,
        unknown_path=outside or not options.get("strict"),
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
    )
    if case["kind"] == "unknown-parameters":
        want = "reject-request" if expect.get("unknown") else "accept"
        return Setup(rules, want, REQUEST, unknown_path=True)
    if options.get("pass_options_requests") and case["request"]["method"] == "OPTIONS":
        return Setup(rules, expect["verdict"], REQUEST, unknown_path=True)
    if case["kind"] == "validate":
        return Setup(rules, expect["verdict"], REQUEST)
    want = {"pass": "accept", "block-request": "reject-request", "block-response": "reject-response"}[
        expect["outcome"]
    ]
    want = expect.get("verdict") or want
    return Setup(rules, want, modes, unknown_path=modes.request != "enforce")


SETUPS = {
    "prism": prism,
    "libopenapi-validator": libopenapi,
    "kin-openapi": kin,
    "express-openapi-validator": express,
    "committee": committee,
    "openapi-core": core,
    "api-firewall": firewall,
}
