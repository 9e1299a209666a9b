from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import ContractError
from lading import profile_files
from policies import profiles


def test_names_are_ours_and_endings_make_a_file(tmp_path: Path) -> None:
    assert profile_files.policy("full") == profiles.policy("full")
    assert profile_files.profile("strict") == profiles.load("strict")
    (tmp_path / "mine.yaml").write_text("extends: base.yaml\nprotects: [provider]\n")
    (tmp_path / "base.yaml").write_text("extends: wire\n")
    (tmp_path / "gate.yaml").write_text("policy: mine.yaml\n")
    policy = profile_files.policy(str(tmp_path / "mine.yaml"))
    assert (policy.protects, policy.tier.name) == (("provider",), "wire")
    assert profile_files.profile(str(tmp_path / "gate.yaml")).policy == policy
    assert not profile_files.is_ours("gate.yaml")


@pytest.mark.parametrize(
    ("text", "said"), [("extends: none.yaml", "none.yaml"), ("extends: none", "backward")]
)
def test_what_is_not_there_is_told(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text)
    with pytest.raises(ContractError) as caught:
        profile_files.policy(str(tmp_path / "mine.yaml"))
    assert said in f"{caught.value.message} {caught.value.advice}"


def test_the_list_has_every_policy() -> None:
    listed = profile_files.listed()
    assert all(name in listed for name in profiles.policies())
