from __future__ import annotations

import json
from pathlib import Path

import pytest

from lading.files import read_set
from linters.lint import Severity, lint
from linters.lint.formats import canonical
from policies import rulesets
from policies.rulesets.named import UnknownRuleset, packs


def test_every_pack_and_every_file_is_a_name() -> None:
    assert {"lading:recommended", "lading:all", "lading:auth", "lading:rate-limits"} <= set(rulesets.names())
    assert rulesets.names() == tuple(sorted(rulesets.names()))


@pytest.mark.parametrize("name", rulesets.names())
def test_every_ruleset_compiles(name: str) -> None:
    assert rulesets.load(name) is rulesets.load(name)


@pytest.mark.parametrize("name", ["lading:recommended", "lading:all"])
def test_the_great_rulesets_take_in_every_pack(name: str) -> None:
    mode = name.partition(":")[2]
    assert sorted(rulesets.definition(name)["extends"]) == [[f"lading:{area}", mode] for area in packs()]


def test_a_name_that_is_nearly_right_is_corrected() -> None:
    with pytest.raises(UnknownRuleset) as caught:
        rulesets.load("lading:recomended")
    assert caught.value.advice == "Did you mean 'lading:recommended'?"


def test_a_name_that_is_far_off_gets_the_list() -> None:
    with pytest.raises(UnknownRuleset) as caught:
        rulesets.definition("zzz")
    assert "lading:auth" in caught.value.advice


SPECS = Path(__file__).parents[3] / "specs"
HOUSE_STYLE = "lading:camel"
HOUSE_STYLES = {"lading.openapi.yaml": "lading:snake"}
EXCEPTIONS = {
    ("lading.openapi.yaml", "date-format", "broken_at"): "the number of an entry, and no moment",
    ("lading.openapi.yaml", "hygiene-body-described", "application/json"): "whatever was published",
    (
        "lading.openapi.yaml",
        "idempotency-key",
        "#",
    ): "names and digests are taken once; a second key is ended",
    ("lading.openapi.yaml", "naming-property-snake", "service-desc"): "a link relation of RFC 8631",
    ("lading.openapi.yaml", "naming-property-snake", "service-doc"): "a link relation of RFC 8631",
}
"""Findings that we leave, each with its reason; one that is gone fails here."""


@pytest.mark.parametrize("path", sorted(SPECS.glob("*api.yaml")), ids=lambda path: path.name)
def test_the_contracts_that_we_ship_are_held_to_what_we_recommend(path: Path) -> None:
    ruleset = rulesets.load(HOUSE_STYLES.get(path.name, HOUSE_STYLE))
    findings = {
        (path.name, finding.code, str((finding.path or ("#",))[-1])): finding.message
        for finding in lint(read_set(path), ruleset)
        if finding.severity <= Severity.WARN
    }
    assert {key: text for key, text in findings.items() if key not in EXCEPTIONS} == {}
    assert [key for key in EXCEPTIONS if key[0] == path.name and key not in findings] == [], "went stale"


@pytest.mark.parametrize("name", [name for name in rulesets.names() if name.startswith("spectral:")])
def test_rules_of_spectrals_names_have_spectrals_terms(name: str, conformance: Path) -> None:
    theirs = json.loads((conformance / "spectral" / "rules-index.json").read_text("utf-8"))[name]["rules"]
    ours = rulesets.load(name).rules
    assert sorted(ours) == sorted(theirs)
    for code, terms in theirs.items():
        rule = ours[code]
        assert rule.severity == Severity.named(terms["severity"]), code
        assert (rule.recommended, rule.resolved) == (terms["recommended"], terms["resolved"]), code
        if terms["formats"] is not None:
            assert rule.formats == frozenset(map(_format, terms["formats"])), code


def _format(title: str) -> str | None:
    """`AsyncAPI 2.6.x` → aas2_6, `OpenAPI 3.x` → oas3."""
    kind, version = title.split()[:2]
    version = version.removesuffix(".x").removesuffix(".0" if "Swagger" in title else "")
    return canonical({"OpenAPI": "oas", "AsyncAPI": "aas"}[kind] + version.replace(".", "_"))


def test_of_two_that_contradict_each_other_a_ruleset_asks_for_one() -> None:
    for name in ("lading:all", "lading:camel", "lading:snake", "lading:kebab"):
        running = {rule.name for rule in rulesets.load(name).running}
        for what in ("path", "property", "parameter"):
            assert len(running & {f"naming-{what}-{style}" for style in ("camel", "snake", "kebab")}) == 1


def test_what_is_a_matter_of_taste_is_asked_for_by_name() -> None:
    running = {rule.name for rule in rulesets.load("lading:recommended").running}
    assert "naming-property-style" in running
    assert running.isdisjoint(rule.code for rule in rulesets.catalogue().values() if rule.area == "styles")


@pytest.mark.parametrize("place", ["path", "header", "media-type"])
def test_a_house_has_one_place_for_the_version(place: str) -> None:
    running = {rule.name for rule in rulesets.load(f"lading:version-in-{place}").running}
    assert {code for code in running if code.startswith("version-in-")} == {f"version-in-{place}"}


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["dcsa", "wms", "xero"])
def test_good_contracts_do_not_drown(folder: str, corpus: Path) -> None:
    """What a whole contract lacks is one error, not one for each operation."""
    for path in sorted((corpus / "openapi" / folder).glob("*.yaml")):
        codes = [
            finding.code
            for finding in lint(read_set(path, tolerant=True), rulesets.load(rulesets.DEFAULT))
            if finding.severity is Severity.ERROR and finding.code not in ("invalid-ref", "parser")
        ]
        assert len(codes) == len(set(codes)), path.name
        assert len(codes) <= 2, path.name
