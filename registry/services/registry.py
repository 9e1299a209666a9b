"""The registry as one thing: what the API, the portal and the command line are handed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from contracts.limits import DEFAULT, Limits
from registry.domain.access import SYSTEM
from registry.store import connect, migrate

from . import teams
from .changes import Changes
from .retention import Retention
from .signing import Signer
from .unit import Clock, UnitOfWork, utc_now


@dataclass(frozen=True, slots=True)
class Oidc:
    """An OpenID Connect issuer that people sign in with. `roles_claim` names roles in the id token, if any."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Settings:
    """How a registry runs. `url` is its address as people reach it."""

    data: Path
    database_url: str
    url: str = "http://127.0.0.1:8400"
    session_lifetime: timedelta = timedelta(hours=12)
    link_lifetime: timedelta = timedelta(minutes=30)
    limits: Limits = DEFAULT
    profile: str = "default"
    oidc: Oidc | None = None
    longest_waiver: timedelta = timedelta(days=365)
    retention: Retention = field(default_factory=Retention)


class Registry:
    """An open registry: its settings, its unit of work, its signing key, and news of changes."""

    def __init__(self, settings: Settings, engine: Engine, signer: Signer, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.engine = engine
        self.signer = signer
        self.changes = Changes()
        self.unit = UnitOfWork(engine, clock, self.changes.announce)

    @classmethod
    def open(cls, settings: Settings, clock: Clock = utc_now) -> Registry:
        """Connects, brings the schema up to date, and finds or makes the signing key in the data folder."""
        engine = connect(settings.database_url)
        migrate(engine)
        registry = cls(settings, engine, Signer.load(settings.data / "keys"), clock)
        registry._furnish()
        return registry

    def _furnish(self) -> None:
        """An environment and a plan to begin with, where there are none."""
        with self.unit.read(SYSTEM) as context:
            furnished = bool(teams.environments(context)) and bool(teams.plans(context))
        if not furnished:
            with self.unit(SYSTEM) as context:
                if not teams.environments(context):
                    teams.put_environment(context, "default", title="Default")
                if not teams.plans(context):
                    teams.put_plan(context, "standard", limit=600, window=60, burst=100)

    def close(self) -> None:
        self.engine.dispose()
