"""A draft as YAML that people write."""

from __future__ import annotations

import re
from typing import Any

import yaml


def dumped(value: Any) -> str:
    """The text of a document; keys stay in their order."""
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


class _Dumper(yaml.SafeDumper):
    """Quotes text that a reader of YAML 1.2 takes for a number or for a line, and a writer of YAML 1.1 does not."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = '"' if re.match(r"[-+.]?[0-9]|\.", value) or re.search(r"[^ -~]", value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)
