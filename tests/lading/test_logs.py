from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import structlog
from lading import logs
logs.configure()
log = structlog.get_logger("portal")
def fail(token):
    raise RuntimeError("broken")
try:
    fail("plan" + "ted-secret")
except RuntimeError:
    log.exception("page failed", page="home", reference="abc")
"""


def test_an_event_is_a_line_of_json_with_its_traceback_and_without_variables(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=root, capture_output=True, text=True, check=True
    )
    (line,) = done.stderr.splitlines()
    told = json.loads(line)
    assert (told["event"], told["level"], told["page"]) == ("page failed", "error", "home")
    assert "RuntimeError: broken" in told["exception"]
    assert "planted-secret" not in done.stderr + done.stdout


CLOSED = """
import io, sys
import structlog
from lading import logs
log = structlog.get_logger("portal")
kept, sys.stderr = sys.stderr, io.StringIO()
logs.configure()
log.error("first")
sys.stderr.close()
sys.stderr = kept
log.error("second")
"""


def test_standard_error_may_be_replaced_after_the_start(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOSED], cwd=root, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stderr)["event"] == "second"
