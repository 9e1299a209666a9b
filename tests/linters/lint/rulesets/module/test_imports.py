from __future__ import annotations

import pytest

from linters.lint.rulesets.module.imports import Foreign, Package, module

from .reading import read


def test_spectrals_packages_give_the_names_that_yaml_has() -> None:
    text = """
      import { DiagnosticSeverity } from "@stoplight/types";
      import { oas3, aas2_6 } from "@stoplight/spectral-formats";
      import { oas } from "@stoplight/spectral-rulesets";
      import { undefined as absent } from "@stoplight/spectral-functions";
      export default {
        extends: [[oas, "off"]], formats: [oas3, aas2_6],
        rules: { r: { severity: DiagnosticSeverity.Information, given: "$", then: { function: absent } } },
      };
    """
    assert read(text) == {
        "extends": [["spectral:oas", "off"]],
        "formats": ["oas3", "aas2_6"],
        "rules": {"r": {"severity": "info", "given": "$", "then": {"function": "undefined"}}},
    }


def test_what_other_files_export_is_known_by_its_name() -> None:
    assert module("./fn/is-uuid.js") == Foreign("./fn/is-uuid.js")
    assert Foreign("./fn/is-uuid.js").name == "is-uuid"
    assert Foreign("./fn.js").get("isUuid") == Foreign("./fn.js", "isUuid")
    assert Foreign("./fn.js").get("default") == Foreign("./fn.js")


def test_a_package_exports_what_is_known_and_nothing_else() -> None:
    rulesets = module("@stoplight/spectral-rulesets")
    assert rulesets == Package("@stoplight/spectral-rulesets")
    assert rulesets.get("asyncapi") == "spectral:asyncapi"
    assert rulesets.get("default") is rulesets
    with pytest.raises(KeyError):
        rulesets.get("graphql")
