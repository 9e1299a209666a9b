"""Is the document one at all: valid by its specification, and every reference in it found?"""

from __future__ import annotations

from contracts.errors import ContractError
from linters.gate.result import Check
from linters.gate.weighed import Weighed

SHOWN = 20


def check(weighed: Weighed) -> Check:
    request = weighed.request
    unresolved = request.candidate.documents.problems
    if request.problems is None and not unresolved:
        return weighed.check("validity", "unchecked", "Nobody checked whether the document is valid.")
    problems = list(dict.fromkeys(map(_key, (*unresolved, *(request.problems or ())))))
    if not problems:
        return weighed.check("validity", "pass", "The document is valid.")
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    details = [
        dict(zip(("code", "message", "source", "line", "pointer"), one, strict=True)) for one in problems
    ]
    return weighed.check(
        "validity", "fail", f"The document has {count}: {problems[0][1]}", problems=details[:SHOWN]
    )


def _key(problem: ContractError) -> tuple[object, ...]:
    return problem.code, problem.message, problem.source, problem.line, problem.pointer
