from __future__ import annotations

from pathlib import Path

import pytest

from lading import settings
from lading.outcome import CouldNotTell


def test_the_environment_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    (tmp_path / "lading.toml").write_text('port = 9000\nhost = "0.0.0.0"\n')
    loaded = settings.load({"LADING_PORT": "9100"}, tmp_path)
    assert (loaded.port, loaded.host, loaded.gateway_port) == (9100, "0.0.0.0", 8401)


def test_another_file_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("gateway_port = 1\n")
    assert settings.load({"LADING_CONFIG": str(tmp_path / "other.toml")}).gateway_port == 1
    with pytest.raises(CouldNotTell, match="No such file"):
        settings.load({"LADING_CONFIG": str(tmp_path / "none.toml")})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("port = ", "not TOML"),
        ("prot = 1", "no setting 'prot'"),
        ('port = "x"', "whole number"),
        ("host = 1", "text"),
    ],
)
def test_mistakes_in_the_file_are_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "lading.toml").write_text(text)
    with pytest.raises(CouldNotTell, match=words):
        settings.load({}, tmp_path)


def test_a_wrong_number_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(CouldNotTell, match="LADING_PORT is '84OO'"):
        settings.load({"LADING_PORT": "84OO"}, tmp_path)


def test_secrets_do_not_show(tmp_path: Path) -> None:
    loaded = settings.load(
        {"LADING_TOKEN": "planted", "LADING_DATABASE_URL": "postgresql://u:planted@h/d"}, tmp_path
    )
    assert "planted" not in repr(loaded)


def test_the_embedded_database_lies_in_the_data_folder(tmp_path: Path) -> None:
    loaded = settings.load({"LADING_DATA": str(tmp_path)})
    assert loaded.database == f"sqlite:///{tmp_path / 'lading.db'}"
    assert loaded.url == "http://127.0.0.1:8400"


def test_what_protects_from_a_file_is_not_read_from_one(tmp_path: Path) -> None:
    (tmp_path / "lading.toml").write_text('allow_functions = "rules"\n')
    with pytest.raises(CouldNotTell, match="allow_functions cannot be set in a file") as caught:
        settings.load({}, tmp_path)
    assert "LADING_ALLOW_FUNCTIONS" in caught.value.advice
    assert (
        settings.load({"LADING_ALLOW_FUNCTIONS": "rules"}, tmp_path / "elsewhere").allow_functions == "rules"
    )
