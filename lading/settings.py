"""Settings: `LADING_*` in the environment, then `lading.toml`, then the defaults.

Each setting is one field below, and `docs/settings.md` is written from these fields.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from gateway import rules

from .outcome import CouldNotTell

PREFIX = "LADING_"
FILE = "lading.toml"


def _setting(default: Any, why: str, *, secret: bool = False, operator: bool = False) -> Any:
    """`operator` settings are read from the environment alone: a file that lies among what is judged may come
    from whom they protect against."""
    metadata = {"why": why, "secret": secret, "operator": operator}
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set, with its default."""

    data: Path = _setting(
        Path(".lading"),
        "Folder for the embedded database, keys, the gateway's last good bundle and its spool.",
    )
    database_url: str = _setting(
        "",
        "SQLAlchemy URL of the registry's database, `postgresql+psycopg://…`; empty means SQLite in the data folder.",
        secret=True,
    )
    host: str = _setting("127.0.0.1", "Address that registry and portal listen on.")
    port: int = _setting(8400, "Port of registry and portal.")
    public_url: str = _setting(
        "",
        "The registry's address as people reach it, where a proxy stands in front; empty means host and port.",
    )
    gateway_host: str = _setting("127.0.0.1", "Address that the gateway listens on.")
    gateway_port: int = _setting(8401, "Port of the gateway.")
    gateway_workers: int = _setting(1, "Processes of the gateway on its port.")
    gateway_admin: str = _setting(
        "",
        "Address (`host:port`) where the gateway answers `/-/` to operators, without TLS; empty means its own port.",
    )
    gateway_name: str = _setting("gateway", "Name under which this gateway reports what it saw.")
    gateway_config: str = _setting(
        "",
        "TOML file that says whom the gateway believes, where limits are shared and where traces go; `specs/gateway.schema.json` describes it.",
    )
    gateway_rules: str = _setting(
        "",
        "What gateways mind besides what contracts say: `name=value` pairs of the table below, separated by blanks.",
    )
    environment: str = _setting("default", "Environment whose bundle the gateway runs.")
    registry_url: str = _setting(
        "",
        "Registry that the command line and the gateway talk to; empty means the data folder itself for the command line, and host and port above for the gateway.",
    )
    token: str = _setting("", "Machine token for the registry.", secret=True)
    bundle_key: str = _setting(
        "",
        "File with the registry's public bundle keys (JWKS); empty means they are asked for once, at the first start, and kept.",
    )
    session_hours: int = _setting(12, "How long a sign-in lasts, in hours.")
    oidc_issuer: str = _setting(
        "", "OpenID Connect issuer that people sign in with; empty leaves one-time links only."
    )
    oidc_client_id: str = _setting("", "Client id at the issuer.")
    oidc_client_secret: str = _setting("", "Client secret at the issuer.", secret=True)
    allow_functions: str = _setting(
        "",
        "Folders whose Python files rulesets may run as functions in `lading lint`, separated as in `PATH`.",
        operator=True,
    )
    allow_urls: str = _setting(
        "",
        "Beginnings of addresses that `lading lint` may read rulesets from, separated by blanks.",
        operator=True,
    )
    waiver_days: int = _setting(365, "Longest time that a waiver may be asked for, in days.")
    usage_days: int = _setting(
        400,
        "How long counts of calls are kept, and violations and uses of what contracts declare that are not seen again, in days; 0 is for ever.",
    )
    unknown_days: int = _setting(
        90, "The same of unknown paths and of what is used and not declared, in days; 0 is for ever."
    )
    max_upload_mb: int = _setting(20, "Largest document that may be published, in MiB.")

    @property
    def database(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite:///{(self.data / 'lading.db').resolve()}"

    @property
    def url(self) -> str:
        """The registry's address as people reach it."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def registry(self) -> str:
        """The registry's address as machines reach it."""
        return (self.registry_url or f"http://{self.host}:{self.port}").rstrip("/")


def load(environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings in force.

    `LADING_CONFIG` names another file than `lading.toml` in the working folder. Raises `CouldNotTell` for a
    file that is not TOML, a setting that does not exist, and a value of the wrong type.
    """
    environment = os.environ if environment is None else environment
    named = environment.get(PREFIX + "CONFIG")
    path = Path(named) if named else (folder or Path.cwd()) / FILE
    values = _from_file(path, must_exist=bool(named))
    known = {f.name: f for f in fields(Settings)}
    for name in known:
        if (text := environment.get(PREFIX + name.upper())) is not None:
            values[name] = text
    return Settings(**{name: _convert(name, value, known[name].default) for name, value in values.items()})


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    if not must_exist and not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CouldNotTell(f"{path}: {error.strerror}.", "LADING_CONFIG names this file.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CouldNotTell(f"{path} is not TOML: {error}.") from None
    known = {f.name: f for f in fields(Settings)}
    for name in values:
        if name in known and known[name].metadata["operator"]:
            raise CouldNotTell(
                f"{path}: {name} cannot be set in a file.", f"Set {PREFIX}{name.upper()} in the environment."
            )
        if name not in known:
            raise CouldNotTell(f"{path}: there is no setting {name!r}.", "docs/settings.md lists them all.")
    return values


def _convert(name: str, value: Any, default: Any) -> Any:
    kind = type(default)
    if kind is int:
        if isinstance(value, bool) or not str(value).strip().lstrip("-").isdecimal():
            raise CouldNotTell(f"{PREFIX}{name.upper()} is {value!r}, and should be a whole number.")
        return int(value)
    if isinstance(default, Path):
        return Path(str(value)).expanduser()
    if not isinstance(value, str):
        raise CouldNotTell(f"{name} is {value!r}, and should be text.")
    return value


def documentation() -> str:
    """`docs/settings.md`, written from the fields above."""
    lines = [
        "# Settings",
        "",
        "Each is read from the environment, then from `lading.toml` in the working folder (`LADING_CONFIG` names",
        "another file; keys are the names in lower case without the prefix), then from its default.",
        "",
        "| variable | default | what it is |",
        "|---|---|---|",
    ]
    for setting in fields(Settings):
        default = "*(none)*" if setting.default in ("", None) else f"`{setting.default}`"
        secret = " Secret: give it by the environment." if setting.metadata["secret"] else ""
        secret += " Read from the environment only." if setting.metadata["operator"] else ""
        lines.append(f"| `{PREFIX}{setting.name.upper()}` | {default} | {setting.metadata['why']}{secret} |")
    return "\n".join([*lines, *_rules()]) + "\n"


def _rules() -> list[str]:
    """The table of `LADING_GATEWAY_RULES`."""
    lines = [
        "",
        "## Rules of the gateway",
        "",
        "`LADING_GATEWAY_RULES`, and `--rule` of `lading gateway` beside a contract of its own, hold `name=value` pairs,",
        "`unknown_headers=tell unknown_properties=refuse` say. `refuse` refuses, `tell` reports and lets pass, `allow`",
        "does not look. A deployment's own `unknown_query` goes before. Without a registry `security` is `presence`",
        "unless it is set.",
        "",
        "| rule | values | default | what it is |",
        "|---|---|---|---|",
    ]
    for name, values, usual, why in rules.described():
        shown = f"`{usual}`" if usual else "*(none)*"
        values = values.replace("|", "`, `")
        lines.append(f"| `{name}` | `{values}` | {shown} | {why} |")
    return lines
