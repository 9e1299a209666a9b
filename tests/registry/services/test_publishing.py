from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from contracts.errors import ContractError
from registry.domain.access import SYSTEM, Actor, Scope
from registry.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from registry.domain.reports import Outcome
from registry.services import Registry, contracts, gates, judgement, publishing, reports, versions
from tests.registry.examples import EVENTS, orders, proposal


def everything(registry: Registry) -> tuple[int, int, int]:
    with registry.unit.read(SYSTEM) as context:
        runs = len(gates.browse(context, limit=200).items)
        held = contracts.browse(context, limit=200).items
        return len(held), sum(one.versions for one in held), runs


def test_a_first_version_brings_its_contract_reports_and_run(landscape: Registry) -> None:
    made = publishing.publish(landscape, SYSTEM, proposal())
    assert made.status == "stored"
    assert made.run is not None
    assert (made.run.outcome, made.run.source, made.run.base) == (Outcome.PASS, "publish", None)
    with landscape.unit.read(SYSTEM) as context:
        report = reports.lint(context, "erp/orders", "1.0.0")
        assert report is not None
        assert report.ruleset == "lading:recommended"
        assert gates.get(context, made.run.id) == made.run


def test_again_it_is_a_no_op(published: Registry) -> None:
    before = everything(published)
    made = publishing.publish(published, SYSTEM, proposal())
    assert (made.status, made.run) == ("unchanged", None)
    assert everything(published) == before


def test_an_import_repeated_reads_nothing(published: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: object, **__: object) -> None:
        raise AssertionError("these files were read although their digests are known")

    monkeypatch.setattr(publishing, "read", unwanted)
    again = replace(proposal(source="import"), version="1.0.0")
    assert publishing.publish(published, SYSTEM, again).status == "unchanged"
    with pytest.raises(AssertionError, match="digests are known"):
        publishing.publish(published, SYSTEM, replace(again, files={"orders.yaml": orders(description="X")}))


def test_other_bytes_under_a_used_number_are_refused_whatever_they_are(published: Registry) -> None:
    before = everything(published)
    for source in ("publish", "import"):
        with pytest.raises(Conflict, match="never changes"):
            publishing.publish(published, SYSTEM, proposal("1.0.0", orders(description="X"), source=source))
    assert everything(published) == before


def test_a_breaking_change_is_refused_and_the_reasons_are_kept(published: Registry) -> None:
    made = publishing.publish(published, SYSTEM, proposal("1.1.0", orders("1.1.0", eta=False)))
    assert (made.status, made.version) == ("refused", None)
    assert made.run is not None
    assert made.run.outcome is Outcome.FAIL
    assert made.run.base == "1.0.0"
    assert "compatibility" in [check["name"] for check in made.run.checks if check["outcome"] == "fail"]
    with published.unit.read(SYSTEM) as context:
        with pytest.raises(NotFound):
            versions.get(context, "erp/orders", "1.1.0")
        assert gates.browse(context, outcome="fail").items[0].id == made.run.id


def test_a_new_major_may_break_and_the_comparison_is_kept(published: Registry) -> None:
    made = publishing.publish(published, SYSTEM, proposal("2.0.0", orders("2.0.0", eta=False)))
    assert made.status == "stored", made.run and made.run.checks
    with published.unit.read(SYSTEM) as context:
        report = reports.diff(context, "erp/orders", "1.0.0", "2.0.0")
        assert report is not None
        assert report.verdict == "breaking"
        assert report.breaking >= 1
        assert reports.diffs(context, "erp/orders") == (report,)


def test_an_import_is_kept_whatever_the_gate_says_and_the_run_tells(published: Registry) -> None:
    made = publishing.publish(
        published, SYSTEM, proposal("1.1.0", orders("1.1.0", eta=False), source="import")
    )
    assert made.status == "stored"
    assert made.run is not None
    assert (made.run.source, made.run.outcome) == ("import", Outcome.FAIL)


def test_a_check_stores_nothing_but_its_run(published: Registry) -> None:
    contracts_before, versions_before, runs_before = everything(published)
    run = publishing.check(published, SYSTEM, proposal("1.1.0", source="check"))
    assert run.outcome is Outcome.PASS
    assert everything(published) == (contracts_before, versions_before, runs_before + 1)
    first = publishing.check(published, SYSTEM, proposal(contract="erp/new", source="check"))
    assert first.base is None


@pytest.mark.parametrize("content", [b"", b"{", b"openapi: 3.0.3\ninfo: {title: A, ver", b"\0"])
def test_what_cannot_be_read_stores_nothing(landscape: Registry, content: bytes) -> None:
    before = everything(landscape)
    with pytest.raises((ContractError, DomainError)):
        publishing.publish(landscape, SYSTEM, proposal(content=content, source="import"))
    assert everything(landscape) == before
    with landscape.unit.read(SYSTEM) as context, pytest.raises(NotFound):
        contracts.get(context, "erp/orders")


def test_a_failure_in_the_middle_stores_nothing(landscape: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the disk is full")

    before = everything(landscape)
    monkeypatch.setattr(reports, "store_lint", broken)
    with pytest.raises(RuntimeError, match="disk"):
        publishing.publish(landscape, SYSTEM, proposal())
    assert everything(landscape) == before


def test_who_owns_a_new_contract_must_be_said(landscape: Registry) -> None:
    with pytest.raises(Invalid, match="owner"):
        publishing.publish(landscape, SYSTEM, proposal(owner=None))


def test_domain_and_team_come_with_the_first_contract_where_one_may_make_them(registry: Registry) -> None:
    assert publishing.publish(registry, SYSTEM, proposal()).status == "stored"
    owner = Actor("person", "ada", "Ada", {"new": frozenset({Scope.CONTRACTS_WRITE})})
    with pytest.raises(NotFound, match="domain"):
        publishing.publish(registry, owner, proposal(contract="new/thing"))


def test_only_those_of_the_domain_publish(published: Registry) -> None:
    owner = Actor("person", "ada", "Ada", {"carrier": frozenset({Scope.CONTRACTS_WRITE})})
    with pytest.raises(Forbidden):
        publishing.publish(published, owner, proposal("1.1.0"))


@pytest.mark.parametrize("facts", [{"source": "import"}, {"profile": "legacy"}])
def test_owners_do_not_choose_how_they_are_judged(published: Registry, facts: dict[str, str]) -> None:
    owner = Actor("person", "ada", "Ada", {"erp": frozenset({Scope.CONTRACTS_WRITE})})
    with pytest.raises(Forbidden, match="landscape:write"):
        publishing.publish(published, owner, proposal("1.1.0", **facts))
    assert publishing.publish(published, owner, proposal("1.1.0", profile="default")).status == "stored"


def test_the_version_is_what_the_document_says_or_what_is_given(landscape: Registry) -> None:
    text = orders().replace(b"version: 1.0.0", b"version: v3")
    made = publishing.publish(landscape, SYSTEM, proposal(content=text, source="import"))
    assert made.version is not None
    assert made.version.version == "3.0.0"
    unnumbered = orders().replace(b"version: 1.0.0", b"version: spring")
    with pytest.raises(Invalid, match="spring"):
        publishing.publish(landscape, SYSTEM, proposal(content=unnumbered))


def test_who_judged_against_an_older_base_judges_again(
    published: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version arrives between looking and storing: the candidate is compared with that one."""
    judge, seen = judgement.judge, []

    def meanwhile(candidate, facts):  # type: ignore[no-untyped-def]
        seen.append(facts.base.version)
        if len(seen) == 1:
            with monkeypatch.context() as undone:
                undone.setattr(judgement, "judge", judge)
                publishing.publish(published, SYSTEM, proposal("1.1.0"))
        return judge(candidate, facts)

    monkeypatch.setattr(judgement, "judge", meanwhile)
    made = publishing.publish(published, SYSTEM, proposal("1.2.0"))
    assert seen == ["1.0.0", "1.1.0"]
    assert made.run is not None
    assert made.run.base == "1.1.0"


def test_two_publish_other_contents_under_one_number_at_once(published: Registry) -> None:
    start, outcomes = threading.Barrier(2), []

    def write(text: str) -> None:
        start.wait()
        try:
            outcomes.append(
                publishing.publish(
                    published, SYSTEM, proposal("1.1.0", orders("1.1.0", description=text))
                ).status
            )
        except Conflict as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=write, args=(text,)) for text in ("One.", "Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stored", "version-taken"]


def test_events_are_not_published_under_a_contract_for_calls(published: Registry) -> None:
    events = {"e.yaml": EVENTS.encode()}
    for attempt in (publishing.publish, publishing.check):
        with pytest.raises(Conflict, match="AsyncAPI"):
            attempt(published, SYSTEM, replace(proposal(files=events, root="e.yaml"), version="1.1.0"))


def test_any_two_versions_can_be_compared_later(published: Registry) -> None:
    for number in ("1.1.0", "1.2.0"):
        publishing.publish(published, SYSTEM, proposal(number))
    with published.unit.read(SYSTEM) as context:
        assert reports.diff(context, "erp/orders", "1.0.0", "1.2.0") is None
    made = publishing.compare(published, SYSTEM, "erp/orders", "1.0.0", "1.2.0")
    assert made == publishing.compare(published, SYSTEM, "erp/orders", "1.0.0", "latest")
    assert made.verdict in ("safe", "unchanged")


def _compatibility(found: publishing.Publication) -> tuple[str, str]:
    assert found.run is not None
    check = next(one for one in found.run.result["checks"] if one["name"] == "compatibility")
    return check["outcome"], check["reason"]


def test_pre_releases_may_break_one_another_and_not_the_last_release(published: Registry) -> None:
    """`orders` without its ETA breaks who reads it; 1.1.0-rc.1 has it still."""
    publishing.publish(published, SYSTEM, proposal("1.1.0-rc.1", orders("1.1.0-rc.1")))
    made = publishing.publish(published, SYSTEM, proposal("1.1.0-rc.2", orders("1.1.0-rc.2", eta=False)))
    assert made.status == "refused"
    outcome, reason = _compatibility(made)
    assert outcome == "fail"
    assert "since 1.0.0" in reason


def test_a_transitive_profile_holds_a_version_against_every_earlier_one(published: Registry) -> None:
    broken = proposal("1.1.0", orders("1.1.0", eta=False), source="import")
    assert publishing.publish(published, SYSTEM, broken).status == "stored"
    following = proposal("1.1.1", orders("1.1.1", eta=False, description="It is told."))
    made = publishing.publish(published, SYSTEM, replace(following, profile="transitive"))
    assert made.status == "refused"
    assert "since 1.0.0" in _compatibility(made)[1]
    assert publishing.publish(published, SYSTEM, following).status == "stored"
