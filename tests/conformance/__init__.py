"""Other projects' test cases, replayed against Lading.

`python -m tests.conformance spectral|breaking|proxy [--data DIR] [--json]` replays the cases of one folder;
`schemathesis` has calls made up for real contracts.

How to plug in: one module per folder, named like the folder (`spectral.py`, `breaking.py`, `proxy.py`), with

    def replay(data: Path) -> Iterator[CaseResult]

which reads the case files in `data` and yields one `CaseResult` per case, as they come (progress is shown).
`CaseResult` (`tests.conformance.results`) names its set, its id, and its outcome:

- `passed(set, id)`
- `failed(set, id, detail)`: `detail` says in one line what was expected and what came
- `skipped(set, id, reason)`: only where the data itself says that the case cannot be replayed

What Lading cannot do yet is `failed`, never `skipped`. An exception in one case is that case's failure: wrap
the judging of one case in `judged(set, id, function)`, which turns exceptions into failures.

`deviations/<folder>.yaml` lists known deviations: `{id: <id or glob>, reason: <sentence>}`. A failed case that is
listed counts as deviating. A deviation none of whose cases deviates any longer is stale, and the run fails.

`floors.yaml` holds, per folder and set, the number of cases that pass or deviate with a reason; the pytest entry
fails where a score falls under it. Raise the floors with `python -m tests.conformance <folder> --record`.
"""
