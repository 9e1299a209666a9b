"""What git knows of the repository that one stands in. Everything raises `CouldNotTell` where git cannot say."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from contracts.limits import DEFAULT, Limits

from .outcome import CouldNotTell

SECONDS = 30
_FETCH = "In a pipeline, fetch the whole history first (fetch-depth: 0, GIT_DEPTH: 0)."


def ask(*arguments: str) -> bytes:
    """What git writes. A revision among the arguments must not begin with a dash."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell; a revision never begins with a dash
            ["git", *arguments],  # noqa: S607 - git is found as the person's shell finds it
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )
    except FileNotFoundError:
        raise CouldNotTell("git is not installed.", "Name two files instead.") from None
    except subprocess.TimeoutExpired:
        raise CouldNotTell("git gave no answer in time.") from None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        reason = said[0].removeprefix("fatal: ") if said else "git failed"
        raise CouldNotTell(
            f"git: {reason}.", "Write REV:path with the path from the repository's root, or a file."
        )
    return done.stdout


def commit_of(revision: str) -> str:
    """The commit that a revision means."""
    if revision.startswith("-"):
        raise CouldNotTell(f"{revision!r} is no revision.", "Name a branch, a tag or a commit.")
    try:
        found = ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except CouldNotTell:
        raise CouldNotTell(f"git knows no revision {revision!r} here.", _FETCH) from None
    return found.decode().strip()


def merge_base(revision: str) -> str:
    """The commit at which the working branch left a revision's."""
    commit = commit_of(revision)
    try:
        return ask("merge-base", commit, "HEAD").decode().split()[0]
    except (CouldNotTell, IndexError):
        raise CouldNotTell(
            f"git finds no commit that HEAD and {revision} have in common here.", _FETCH
        ) from None


def top_folder() -> Path:
    """Where the repository of the working folder begins."""
    return Path(ask("rev-parse", "--show-toplevel").decode().rstrip("\n"))


def exists(commit: str, path: str) -> bool:
    """Whether there is something at a path from the repository's top."""
    return bool(ask("ls-tree", "--name-only", "-z", "--full-tree", commit, "--", path))


def content(revision: str, path: str, limits: Limits = DEFAULT) -> bytes:
    """A file at a revision; `path` counts from the repository's top."""
    if revision.startswith("-"):
        raise CouldNotTell(f"{revision!r} is no revision.", "Write REV:path, as `git show` has it.")
    size = ask("cat-file", "-s", f"{revision}:{path}")
    if int(size) > limits.bytes:
        raise CouldNotTell(f"{revision}:{path} has {int(size):,} bytes; {limits.bytes:,} are allowed.")
    return ask("show", f"{revision}:{path}")


def tracked() -> list[str]:
    """The files of the whole repository that git keeps, from its top."""
    listed = ask("ls-files", "-z", "--full-name", "--", ":/")
    return sorted({name for name in _texts(listed) if name})


def changes(commit: str) -> Iterator[tuple[str | None, str | None]]:
    """The files that the working tree has otherwise than a commit: their names then and now, from the top.

    None where there was or is none. A file that was moved and hardly changed is one pair.
    """
    words = iter(_texts(ask("diff", "--no-ext-diff", "--name-status", "-z", "-M", commit, "--", ":/")))
    for status in words:
        if not status:
            continue
        name = next(words)
        match status[0]:
            case "R":
                yield name, next(words)
            case "C":
                yield None, next(words)
            case "A":
                yield None, name
            case "D":
                yield name, None
            case _:
                yield name, name


def history(path: str, most: int) -> list[tuple[str, str, datetime]]:
    """The commits that touched a file, the newest first: commit, the file's name then, and when.

    `path` counts from the working folder; the names that come back count from the repository's top. Renames are
    followed.
    """
    asked = ("log", "--follow", "-M", f"--max-count={most}", "--format=%x00%H %cI", "--name-only", "-z")
    found: list[tuple[str, str, datetime]] = []
    head: tuple[str, datetime] | None = None
    for word in _texts(ask(*asked, "--", path)):
        text = word.strip("\n")
        commit, space, day = text.partition(" ")
        if space and len(commit) in (40, 64) and all(one in "0123456789abcdef" for one in commit):
            head = commit, datetime.fromisoformat(day)
        elif text and head is not None:
            found.append((head[0], text, head[1]))
            head = None
    return found


def _texts(listed: bytes) -> list[str]:
    return os.fsdecode(listed).split("\0")
