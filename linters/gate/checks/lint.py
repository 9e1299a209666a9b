"""Does the document keep to the rules?"""

from __future__ import annotations

from collections import Counter

from linters.gate.result import Check
from linters.gate.weighed import Weighed
from linters.lint import Finding, Severity


def check(weighed: Weighed) -> Check:
    if weighed.findings is None:
        return weighed.check("lint", "unchecked", "No findings and no ruleset were given.")
    limit = weighed.profile.fail_severity
    counts = Counter(finding.severity for finding in weighed.findings)
    shown = {severity.name.lower(): counts[severity] for severity in Severity}
    failing = [
        one
        for one in weighed.findings
        if limit is not None and one.severity <= limit and not _is_waived(weighed, one)
    ]
    waived = sum(_is_waived(weighed, one) for one in weighed.findings)
    details = {**shown, "waived": waived, "ruleset": weighed.profile.ruleset}
    if failing:
        codes = ", ".join(
            f"{code} ({count})" for code, count in Counter(one.code for one in failing).most_common(5)
        )
        noun = "finding fails" if len(failing) == 1 else "findings fail"
        return weighed.check("lint", "fail", f"{len(failing)} {noun}: {codes}.", **details)
    total = sum(counts.values())
    reason = (
        "Nothing was found." if not total else f"{total} milder or waived finding{'' if total == 1 else 's'}."
    )
    return weighed.check("lint", "pass", reason, **details)


def _is_waived(weighed: Weighed, finding: Finding) -> bool:
    return finding.code in (weighed.request.waivers or {})
