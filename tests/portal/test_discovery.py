"""Pages are found in their folder, and the catalogue of them is one reviewable list."""

from __future__ import annotations

import pkgutil
import sys
from importlib.resources import files
from types import ModuleType

import pytest

from portal import discovery
from portal.discovery import modules, rail

CATALOGUE = """
/ home
/audit audit
/calendar calendar
/catalogue catalogue
/consumers consumers
/consumers/{consumer} consumer
/contracts/{domain}/{name} contract
/contracts/{domain}/{name}/callers contract_callers
/contracts/{domain}/{name}/diff contract_diff
/contracts/{domain}/{name}/drift contract_drift
/contracts/{domain}/{name}/findings contract_findings
/contracts/{domain}/{name}/operation contract_operation
/contracts/{domain}/{name}/reference contract_reference
/contracts/{domain}/{name}/schema contract_schema
/contracts/{domain}/{name}/source contract_source
/contracts/{domain}/{name}/versions contract_versions
/gate-runs gate_runs
/gate-runs/{run} gate_run
/policies policies
/policies/{code} policy
/portal/components components
/publish publish
/sign-in sign_in
/sign-in/link sign_in_link
/sign-out sign_out
/systems systems
/theme theme
/unknown unknown
/violations violations
/violations/{number} violation
/waivers waivers
/waivers/new waiver_request
/waivers/{number} waiver
/waivers/{number}/{decision} waiver_decision
"""


def test_the_catalogue_of_pages() -> None:
    found = sorted(f"{module.page.path} {module.name}" for module in modules())
    assert found == sorted(CATALOGUE.split("\n")[1:-1])


def test_each_page_that_is_read_has_the_template_of_its_name() -> None:
    templates = files("portal") / "templates"
    for module in modules():
        if module.get is not None:
            assert (templates / module.template).is_file(), module.name


def test_paths_without_parameters_come_first() -> None:
    paths = [module.page.path for module in modules()]
    assert paths == sorted(paths, key=lambda path: ("{" in path, path))


def test_the_rail_holds_pages_that_exist_in_their_order() -> None:
    assert [entry.word for entry, _ in rail()] == [
        "Home", "Catalogue", "Violations", "Unknown traffic", "Gate runs", "Policies", "Waivers", "Calendar", "Consumers", "Systems", "Audit",
    ]  # fmt: skip
    lit = {module.page.lit for module in modules() if module.page.lit}
    assert lit == {entry.word for entry, _ in rail()}


def test_a_module_that_is_no_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = ModuleType("portal.pages.broken")
    monkeypatch.setitem(sys.modules, "portal.pages.broken", broken)
    with pytest.raises(AssertionError, match="declares no"):
        discovery._module("broken")
    broken.page = modules()[0].page  # type: ignore[attr-defined]
    with pytest.raises(AssertionError, match="neither"):
        discovery._module("broken")


def test_two_pages_at_one_path_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin = ModuleType("portal.pages.zz_twin")
    twin.page = next(each.page for each in modules() if each.name == "calendar")  # type: ignore[attr-defined]
    twin.get = lambda view: view  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "portal.pages.zz_twin", twin)
    listed = [*pkgutil.iter_modules(discovery.folder.__path__), pkgutil.ModuleInfo(None, "zz_twin", False)]  # type: ignore[arg-type]
    monkeypatch.setattr(discovery.pkgutil, "iter_modules", lambda _: listed)
    with pytest.raises(AssertionError, match="calendar and zz_twin both want to be at /calendar"):
        discovery.modules.__wrapped__()
