"""For a browser: one page that needs nothing else, with excerpts and a search field."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from linters.lint import Finding, Severity
from linters.reports.excerpts import excerpt, printable
from linters.reports.report import LintReport
from linters.reports.wording import SEVERITY_NAMES, count_of, counted, spans

_WIDTH = 160
_STYLE = """
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6472;--line:#d9dee6;--paper:#fff;--code:#f4f6f9;
--error:#b3261e;--warning:#8a5a00;--info:#0b5cad;--hint:#5b6472}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#9aa4b2;--line:#333b47;--paper:#14181f;--code:#1d232c;
--error:#ff8a80;--warning:#ffc266;--info:#82b8ff;--hint:#9aa4b2}}
body{margin:0 auto;max-width:70rem;padding:1.5rem 1rem;background:var(--paper);color:var(--ink);
font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:2rem 0 .5rem;overflow-wrap:anywhere}
p.of{color:var(--soft);margin:0 0 1rem}
input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem .75rem;border:1px solid var(--line);
border-radius:.4rem;background:var(--paper);color:var(--ink)}
article{border-top:1px solid var(--line);padding:.75rem 0}article p{margin:.25rem 0;overflow-wrap:anywhere}
.error{color:var(--error)}.warning{color:var(--warning)}.info{color:var(--info)}.hint{color:var(--hint)}
.place{color:var(--soft)}pre{margin:.5rem 0 0;padding:.5rem .75rem;background:var(--code);border-radius:.4rem;
overflow-x:auto;font-size:.875rem}mark{background:none;color:inherit;text-decoration:underline wavy;
text-underline-offset:3px}a{color:inherit}
""".replace("\n", "")
_SCRIPT = """
const field=document.querySelector('input');field.addEventListener('input',()=>{
const wanted=field.value.toLowerCase().split(/\\s+/);
for(const article of document.querySelectorAll('article'))
article.hidden=!wanted.every(word=>article.textContent.toLowerCase().includes(word));
for(const section of document.querySelectorAll('section'))
section.hidden=!section.querySelector('article:not([hidden])');});
""".strip()


def render(report: LintReport) -> str:
    return "\n".join(_page(report)) + "\n"


def _page(report: LintReport) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<title>Lint report</title>"
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{_headline(report)}</h1>"
    yield f'<p class="of">{counted(len(report.files), "file")} judged by {_text(report.ruleset)}</p>'
    for error in report.unread:
        yield f'<p><strong class="error">not judged</strong> {_text(str(error))}</p>'
    if report.findings:
        yield '<input type="search" aria-label="Search the findings" placeholder="Search by rule, word or place">'
    for source, findings in report.by_file():
        yield f"<section>\n<h2>{_text(source)}</h2>"
        for finding in findings:
            yield _finding(report, finding)
        yield "</section>"
    yield "</main>"
    yield f"<script>{_SCRIPT}</script>\n</body>\n</html>" if report.findings else "</body>\n</html>"


def _headline(report: LintReport) -> str:
    numbers = [
        f'<span class="{SEVERITY_NAMES[severity]}">{number}</span>'
        for severity in Severity
        if (number := count_of(severity, report.counts))
    ]
    return ", ".join(numbers) or ("Not everything was judged" if report.unread else "Nothing found")


def _finding(report: LintReport, finding: Finding) -> str:
    name = SEVERITY_NAMES[finding.severity]
    start = finding.range.start
    help_ = report.help.get(finding.code)
    code = _text(finding.code)
    if help_ is not None and help_.url.startswith(("https://", "http://")):
        code = f'<a href="{_text(help_.url)}">{code}</a>'
    why = f'\n<p class="place">{_with_code(help_.why)}</p>' if help_ is not None and help_.why else ""
    return (
        f'<article>\n<p><strong class="{name}">{name}</strong> {code} '
        f'<span class="place">{start.line + 1}:{start.character + 1}</span></p>\n'
        f"<p>{_with_code(finding.message)}</p>{why}{_excerpt(report, finding)}\n</article>"
    )


def _excerpt(report: LintReport, finding: Finding) -> str:
    line = report.line(finding.source, finding.range.start.line)
    part = excerpt(line, finding.range, _WIDTH)
    if part is None:
        return ""
    end = part.start + part.length
    marked = f"<mark>{escape(part.text[part.start : end])}</mark>"
    return f"\n<pre>{escape(part.text[: part.start])}{marked}{escape(part.text[end:])}</pre>"


def _with_code(text: str) -> str:
    return "".join(
        f"<code>{escape(part)}</code>" if code else escape(part) for part, code in spans(printable(text))
    )


def _text(text: str) -> str:
    return escape(printable(text))
