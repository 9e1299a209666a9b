"""The rules that contracts are held to: each says why, and shows a good and a bad example."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from policies import rulesets
from policies.rulesets import Rule
from portal import filters
from portal.page import Page, Rail
from portal.view import View

page = Page("/policies", "Policies", Rail("Policies", 50, "policies"))

SEVERITIES = ("error", "warn", "info", "hint")


def get(view: View) -> Response:
    area, severity, words = view.query("area"), view.query("severity"), view.query("words")
    rules = [
        rule
        for rule in rulesets.catalogue().values()
        if (not area or rule.area == area)
        and (not severity or rule.severity == severity)
        and all(
            word in f"{rule.code} {rule.description} {rule.why}".casefold()
            for word in words.casefold().split()
        )
    ]
    areas = dict.fromkeys(rule.area for rule in rulesets.catalogue().values())
    return view.render(
        by_area=_by_area(rules),
        total=len(rulesets.catalogue()),
        words=words,
        rulesets=rulesets.names(),
        usual=rulesets.DEFAULT,
        groups=(
            filters.group("area", "Area", areas, area),
            filters.group("severity", "Severity", SEVERITIES, severity),
        ),
    )


def _by_area(rules: list[Rule]) -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.area, []).append(rule)
    return found
