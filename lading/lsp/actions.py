"""What an editor offers to do about findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from lsprotocol import types

from linters.fixes import Level, fixes_of, mend
from linters.lint import Finding

from .checking import Checked
from .diagnostics import range_of
from .edits import of_contents, of_fix
from .folder import Folder
from .ignoring import ignore
from .ranges import overlap

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.lading"
MOST = 1_000_000
"""Characters. In a larger document findings are mended one by one."""
_FINDINGS = 20
"""So many findings of one place get actions."""


def actions(
    checked: Checked, folder: Folder, place: types.Range, only: Collection[str] | None, today: date
) -> Iterator[types.CodeAction]:
    """The fixes of the findings at a place, what mends all of their kind, and ways to ignore them."""
    if checked.documents is None or checked.broken:
        return
    if _wanted(FIX_ALL, only) and len(checked.text) <= MOST:
        yield _later("Mend all that can safely be mended", FIX_ALL, "")
    if not _wanted(types.CodeActionKind.QuickFix.value, only):
        return
    here = [
        finding
        for finding in checked.findings
        if finding.source == checked.source and overlap(range_of(finding, checked), place)
    ][:_FINDINGS]
    yield from _fixes(checked, folder, here)
    for finding in here:
        fix = ignore(checked.documents, finding, today)
        if fix is not None:
            yield _quick(fix.title, of_fix(fix, checked.documents, folder), finding, checked)


def _fixes(checked: Checked, folder: Folder, here: list[Finding]) -> Iterator[types.CodeAction]:
    assert checked.documents is not None
    numbers = Counter(finding.code for finding in checked.findings)
    several: dict[str, Finding] = {}
    for finding, fixes in fixes_of(checked.documents, checked.judge.ruleset, here).items():
        for number, fix in enumerate(fixes):
            action = _quick(fix.title, of_fix(fix, checked.documents, folder), finding, checked)
            action.is_preferred = number == 0 and fix.level is Level.SAFE
            yield action
        if numbers[finding.code] > 1 and any(fix.level is not Level.DRAFT for fix in fixes):
            several.setdefault(finding.code, finding)
    if len(checked.text) <= MOST:
        for code in several:
            title = f"Mend everything that {code} finds"
            yield _later(title, types.CodeActionKind.QuickFix.value, code)


def resolved(checked: Checked, folder: Folder, code: str) -> types.WorkspaceEdit:
    """The edit of an action that mends much: all findings of a rule, or all that can safely be mended."""
    assert checked.documents is not None
    levels = (Level.SAFE, Level.SUGGESTED) if code else (Level.SAFE,)
    known = set(checked.findings)
    shown = {(finding.code, finding.source) for finding in known}
    mended = mend(
        checked.documents,
        checked.judge.ruleset,
        levels,
        writable=lambda source: source == checked.source,
        concerns=lambda _, findings: [
            finding
            for finding in findings
            if code in ("", finding.code) and (finding.code, finding.source) in shown
        ],
    )
    return of_contents(mended.contents, checked.documents, folder)


def _quick(title: str, edit: types.WorkspaceEdit, finding: Finding, checked: Checked) -> types.CodeAction:
    about = types.Diagnostic(
        range_of(finding, checked), finding.message or finding.code, code=finding.code, source="lading"
    )
    return types.CodeAction(title=title, kind=types.CodeActionKind.QuickFix, diagnostics=[about], edit=edit)


def _later(title: str, kind: str, code: str) -> types.CodeAction:
    """An action whose edit is worked out when somebody chooses it; `data` is what `resolved` needs for that."""
    return types.CodeAction(title=title, kind=kind, data={"code": code})


def _wanted(kind: str, only: Collection[str] | None) -> bool:
    """Kinds are a hierarchy: who asks for `source` gets `source.fixAll.lading` too."""
    if not only:
        return kind != FIX_ALL
    return any(kind == wanted or kind.startswith(f"{wanted}.") for wanted in only)
