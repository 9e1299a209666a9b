import json
import subprocess
from dataclasses import replace
from pathlib import Path

from gateway.envoy.configuration import configuration
from gateway.snapshot.snapshot import snapshot
from tests.gateway.world import orders

from .world import binary


def test_envoy_takes_it(tmp_path: Path) -> None:
    (entry,) = orders().compiled
    tls = replace(
        entry, contract=replace(entry.contract, upstreams=("https://a.example", "https://b.example:444"))
    )
    path = tmp_path / "envoy.json"
    held = configuration(snapshot([entry, tls], id="x"), ("127.0.0.1", 8401), ("127.0.0.1", 8402))
    path.write_text(json.dumps(held))
    done = subprocess.run(
        [binary(), "--mode", "validate", "-c", path], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_passes_without_an_answer() -> None:
    text = json.dumps(configuration(orders(), ("127.0.0.1", 1), ("127.0.0.1", 2)))
    assert text.count('"failure_mode_allow": false') == 2
    assert '"allow_partial_message": false' in text
