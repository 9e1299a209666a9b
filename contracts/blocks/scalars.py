"""Scalars and flow collections inside block style: what they mean and where they end (YAML 1.2.2 §7, §8.1)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import yaml

from contracts import yaml_reader
from contracts.limits import Limits
from contracts.positions import Node, walk
from contracts.reading import Reading, TooMuch
from contracts.scalars import resolve

INDICATORS = r" \t\n\-?:,\[\]{}#&*!|>'\"%@`"
"""What a plain scalar does not begin with; a dash, a question mark and a colon may, where no blank follows."""
MIDDLE = r"(?:[^\n\t:#]++|:(?![ \n])|(?<! )#)"
PLAIN = rf"(?:[^{INDICATORS}]|[-?:](?![ \n])){MIDDLE}*+"
"""A plain scalar on one line, perhaps with blanks behind it."""
KEY = rf"{PLAIN}|'[^'\n\t]*+'|\"[^\"\\\n\t]*+\""

_GAP = r"(?:[ \n]++|(?<=[ \n])#[^\n]*)*+"
_BEHIND_DASH, _BEHIND_KEY = re.compile(f"(-){_GAP}").match, re.compile(f"({KEY}) *+:{_GAP}").match
_BLOCK_HEADER = re.compile(r"([|>])(?:([-+])([1-9])?|([1-9])([-+])?)?(?: +(?:#[^\n]*)?)?\n")
_BLANKS = re.compile(r"(?: *\n)*+")
_INDENT = re.compile(" *+")
_DOUBLE = re.compile(r'"(?:[^"\\]++|\\[\s\S])*+"')
_SINGLE = re.compile(r"'(?:[^']++|'')*+'")
_BRACKET = re.compile(
    r"""[\[\]{}]|"(?:[^"\\]++|\\[\s\S])*+"|(?<=[ \t\n,\[{:])'(?:[^']++|'')*+'|(?<=[ \t\n])#[^\n]*"""
)
_END_OF_LINE = re.compile(r" *+(?:(?<= )#[^\n]*)?\n")


class Unusual(Exception):
    """What stands here is left to libyaml, be it wrong or only rare."""


def value_at(text: str, mark: int, listing: bool) -> tuple[int, int]:
    """Where the key or dash at `mark` ends, and where the value behind it begins if there is one."""
    match = (_BEHIND_DASH if listing else _BEHIND_KEY)(text, mark)
    assert match is not None
    return mark + len(match[1].rstrip(" ")), match.end()


def scan(text: str, at: int, indent: int, limits: Limits) -> tuple[Any, int, int]:
    """The scalar or flow collection at `at`: its value, where it ends, and where the next line begins.

    `indent` is the column of the collection that it stands in. `text` ends with a line break. Raises `Unusual`.
    """
    first = text[at]
    value: Any
    if first in "|>":
        value, end = _block(text, at, indent)
        return value, at + len(text[at:end].rstrip("\n")), end
    if first in "\"'":
        value, end = _quoted(text, at)
    elif first in "[{":
        end = _end_of_flow(text, at)
        reading = flow(text[at:end], limits)
        value = reading.value
    else:
        value, end = _plain(text, at, indent)
    line = _END_OF_LINE.match(text, end)
    if line is None:
        raise Unusual
    return value, end, line.end()


def flow(token: str, limits: Limits, *, places: bool = False) -> Reading:
    """A flow collection as libyaml reads it; no more and no less than one collection may stand in `token`."""
    try:
        reading = yaml_reader.read(token, limits, places=places)
    except TooMuch:
        raise Unusual from None
    if reading.notices or not isinstance(reading.value, dict | list):
        raise Unusual
    return reading


def shifted(node: Node, by: int) -> Node:
    """The places of a node and all below it, counted from `by` characters further to the front."""
    for one in walk(node):
        one.start, one.end = one.start + by, one.end + by
        if one.key is not None:
            one.key = (one.key[0] + by, one.key[1] + by)
    return node


def _quoted(text: str, at: int) -> tuple[str, int]:
    match = (_DOUBLE if text[at] == '"' else _SINGLE).match(text, at)
    if match is None:
        raise Unusual
    token = match.group()
    if "\n" not in token:
        if token[0] == "'":
            return token[1:-1].replace("''", "'"), match.end()
        if "\\" not in token:
            return token[1:-1], match.end()
    # Escapes and folding are libyaml's own; they do not depend on what stands around.
    try:
        scalar = next(
            event for event in yaml.parse(token, yaml.CLoader) if isinstance(event, yaml.ScalarEvent)
        )
    except (yaml.YAMLError, StopIteration):
        raise Unusual from None
    return scalar.value, match.end()


def _end_of_flow(text: str, at: int) -> int:
    """Where the bracket at `at` seems to be closed; whether it is, libyaml says."""
    depth = 0
    for match in _BRACKET.finditer(text, at):
        bracket = match.group()
        if bracket in ("[", "{"):
            depth += 1
        elif bracket in ("]", "}"):
            depth -= 1
            if depth == 0:
                return match.end()
    raise Unusual


@lru_cache(maxsize=256)
def _plain_lines(indent: int) -> re.Pattern[str]:
    """A plain scalar with the lines that go on with it, which are indented by more than `indent`."""
    return re.compile(rf"{PLAIN}(?:\n(?: *\n)*+ {{{indent + 1},}}+(?!#){MIDDLE}++)*+")


def _plain(text: str, at: int, indent: int) -> tuple[Any, int]:
    match = _plain_lines(indent).match(text, at)
    if match is None:
        raise Unusual
    token = match.group().rstrip(" ")
    end = at + len(token)
    if "\n" not in token:
        return resolve(token), end
    return resolve(_folded([line.strip(" ") for line in token.split("\n")])), end


@lru_cache(maxsize=256)
def _block_lines(indent: int) -> re.Pattern[str]:
    return re.compile(rf"(?:(?: {{{indent}}}[^\n]*+| {{0,{indent - 1}}})\n)*+")


def _block(text: str, at: int, indent: int) -> tuple[str, int]:
    """A literal or folded scalar (§8.1), as libyaml's scanner puts its lines together."""
    header = _BLOCK_HEADER.match(text, at)
    if header is None:
        raise Unusual
    style, chomping, digit = header[1], header[2] or header[5], header[3] or header[4]
    blanks = _BLANKS.match(text, header.end())
    assert blanks is not None
    begin = blanks.end()
    spaces = _INDENT.match(text, begin)
    assert spaces is not None
    width = spaces.end() - begin
    if digit is not None:
        if width < indent + int(digit):
            raise Unusual
        width = indent + int(digit)
    if width <= indent or text[begin + width : begin + width + 1] in ("\t", ""):
        raise Unusual
    leading = blanks.group().split("\n")
    if max(map(len, leading)) > width:
        raise Unusual
    body = _block_lines(width).match(text, begin)
    assert body is not None
    lines = [line[width:] for line in body.group().split("\n")[:-1]]
    trailing = 0
    while not lines[-1]:
        lines.pop()
        trailing += 1
    content = "\n".join(lines) if style == "|" else _folded(lines, keep=" \t")
    end = "" if chomping == "-" else "\n" if chomping is None else "\n" * (trailing + 1)
    return "\n" * (len(leading) - 1) + content + end, body.end()


def _folded(lines: list[str], keep: str = "") -> str:
    """Lines joined by blanks; empty ones are line breaks, and those that begin with `keep` stand for themselves."""
    out = [lines[0]]
    breaks, kept = 0, lines[0][:1] in keep and bool(keep)
    for line in lines[1:]:
        if not line:
            breaks += 1
            continue
        keeps = bool(keep) and line[0] in keep
        if kept or keeps:
            out.append("\n" * (breaks + 1))
        else:
            out.append("\n" * breaks or " ")
        out.append(line)
        breaks, kept = 0, keeps
    return "".join(out)
