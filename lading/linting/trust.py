"""What the operator trusts a ruleset with: functions that are run, addresses that are read. By default, neither."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lading.settings import Settings

FUNCTIONS_OPTION = "--allow-functions"
URLS_OPTION = "--allow-url"


@dataclass(frozen=True, slots=True)
class Trust:
    """Folders whose Python files may run as functions, and beginnings of addresses that rulesets are read from."""

    functions: tuple[Path, ...] = ()
    urls: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings, functions: Iterable[Path] = (), urls: Iterable[str] = ()) -> Trust:
        """What the settings and the command line allow together."""
        folders = [Path(folder) for folder in settings.allow_functions.split(os.pathsep) if folder]
        return cls((*functions, *folders), (*urls, *settings.allow_urls.split()))

    def covers_file(self, file: Path) -> bool:
        """Whether a file lies in one of the folders; a symbolic link counts as what it leads to."""
        real = file.resolve()
        return any(real.is_relative_to(folder.resolve()) for folder in self.functions)

    def covers_url(self, url: str) -> bool:
        """Whether an address is one of those allowed, or lies below one."""
        if ".." in re.split(r"[/\\]", url.lower().replace("%2e", ".")):
            return False
        return any(f"{url}/".startswith(known.rstrip("/") + "/") for known in self.urls)
