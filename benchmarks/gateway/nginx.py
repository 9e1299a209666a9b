"""nginx as a plain reverse proxy: one worker, bodies kept in memory, connections to the upstream kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin"))
"""Debian has it where only root's PATH looks."""
_BODY = "256k"
"""More than the largest order: nothing is written to a file."""


def binary() -> Path | None:
    """nginx's program; None where it is not installed."""
    found = shutil.which("nginx", path=_PLACES)
    return Path(found) if found is not None else None


def command(program: Path, folder: Path, port: int, upstream: int) -> list[str]:
    """How it is started; its configuration and all that it writes are in the folder."""
    path = folder / "nginx.conf"
    path.write_text(configuration(folder, port, upstream))
    return [str(program), "-p", str(folder), "-e", str(folder / "nginx.log"), "-c", str(path)]


def configuration(folder: Path, port: int, upstream: int) -> str:
    """nginx's configuration.

    Without a master the process that is started is the worker itself, so that its processor time is what is counted.
    Keep-alive is not ended after a number of requests or a time, as neither of the others ends it.
    """
    temporary = "\n".join(
        f"    {kind}_temp_path {folder / f'nginx-{kind}'};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""daemon off;
master_process off;
worker_processes 1;
pid {folder / "nginx.pid"};
events {{ worker_connections 1024; }}
http {{
    access_log off;
{temporary}
    keepalive_requests 1000000000;
    keepalive_timeout 1h;
    client_body_buffer_size {_BODY};
    upstream up {{
        server 127.0.0.1:{upstream};
        keepalive 64;
        keepalive_requests 1000000000;
        keepalive_time 24h;
        keepalive_timeout 1h;
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://up;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffer_size 16k;
            proxy_buffers 16 16k;
            proxy_max_temp_file_size 0;
        }}
    }}
}}
"""
