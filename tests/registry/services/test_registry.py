from __future__ import annotations

from pathlib import Path

from registry.domain.access import SYSTEM
from registry.services import Oidc, Registry, Settings, teams


def test_a_new_registry_is_migrated_and_furnished_and_found_again(tmp_path: Path) -> None:
    settings = Settings(tmp_path, f"sqlite:///{tmp_path}/lading.db")
    first = Registry.open(settings)
    with first.unit(SYSTEM) as context:
        assert [one.name for one in teams.environments(context)] == ["default"]
        assert [one.name for one in teams.plans(context)] == ["standard"]
        teams.put_team(context, "kept")
    first.close()
    again = Registry.open(settings)
    with again.unit.read(SYSTEM) as context:
        assert [one.name for one in teams.teams(context)] == ["kept"]
    assert again.signer.kid == first.signer.kid
    again.close()


def test_the_issuers_secret_is_not_shown_by_accident() -> None:
    assert "hush" not in repr(Oidc("https://issuer", "lading", "hush"))
