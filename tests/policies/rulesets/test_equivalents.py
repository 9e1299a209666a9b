from __future__ import annotations

import pytest

from policies.rulesets.equivalents import equivalent

OURS = "owasp:api-security"


@pytest.mark.parametrize(
    ("reference", "ours"),
    [
        ("spectral:oas3", "spectral:oas"),
        ("@stoplight/spectral-owasp-ruleset", OURS),
        ("@stoplight/spectral-owasp-ruleset@^2.0.1", OURS),
        ("@stoplight/spectral-owasp-ruleset@1.4.3", None),
        ("https://unpkg.com/@stoplight/spectral-owasp-ruleset/dist/ruleset.mjs", OURS),
        ("https://unpkg.com/@stoplight/spectral-owasp-ruleset@2.0.1/dist/ruleset.mjs", OURS),
        ("https://cdn.jsdelivr.net/npm/@stoplight/spectral-owasp-ruleset@latest/dist/ruleset.mjs", OURS),
        ("https://unpkg.com/@stoplight/spectral-owasp-ruleset@1/dist/ruleset.mjs", None),
        ("https://evil.example/@stoplight/spectral-owasp-ruleset/dist/ruleset.mjs", None),
        ("@stoplight/spectral-documentation", None),
        ("./owasp.yaml", None),
        ("lading:auth", None),
    ],
)
def test_what_people_know_by_another_name(reference: str, ours: str | None) -> None:
    assert equivalent(reference) == ours
