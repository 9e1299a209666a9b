"""`python -m tests.conformance spectral|breaking|proxy|schemathesis [--data DIR] [--json] [--verbose] [--record]`."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from . import runner
from .results import CaseResult

YES, NO, COULD_NOT_TELL = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: every case passed or deviates with a reason; 1: some differ, or a deviation is stale; 2: no data."""
    options = _parser().parse_args(arguments)
    data: Path = options.data or runner.default_data(options.folder)
    missing = runner.available(options.folder)
    if missing is None and not data.is_dir():
        missing = f"{data} is not there"
    if missing is not None:
        print(f"skipped: {missing}", file=sys.stderr)
        if options.json:
            print(json.dumps({"sets": {}, "differing": []}))
        return COULD_NOT_TELL if options.data else YES
    score = runner.run(options.folder, data, _progress if sys.stderr.isatty() else None)
    if options.record:
        runner.record(options.folder, score)
    if options.json:
        print(json.dumps(score.as_dict()))
        _report_stale(score)
    else:
        _report(score, options.verbose)
    return YES if score.good else NO


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.conformance", description="Replays conformance cases."
    )
    parser.add_argument("folder", choices=runner.FOLDERS)
    parser.add_argument("--data", type=Path, help="the contents of one folder of cases")
    parser.add_argument("--json", action="store_true", help="scores and differing ids as JSON")
    parser.add_argument("--verbose", action="store_true", help="say how each differing case differs")
    parser.add_argument("--record", action="store_true", help="raise the floors to this score")
    return parser


def _progress(result: CaseResult) -> None:
    print(f"\r\x1b[K{result.set}: {result.id[:80]}", end="", file=sys.stderr, flush=True)


def _report(score: runner.Score, verbose: bool) -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    width = max((len(name) for name in score.sets), default=0)
    for name, counts in score.sets.items():
        numbers = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
        print(f"{name:<{width}}  {numbers}")
    for result in score.differing:
        print(f"  {result.outcome} {result.id}" + (f"\n    {result.detail}" if verbose else ""))
    _report_stale(score)


def _report_stale(score: runner.Score) -> None:
    for deviation in score.stale:
        print(f"stale deviation, take it out: {deviation.id} ({deviation.reason})", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
