"""What a filter needs of a child before it is worth evaluating.

Most filters in real rulesets begin like `@property === 'x'` or `@ && @.enum && …`. Knowing that, a traversal
evaluates them for the few children that can pass, and for those where JavaScript would raise.
"""

from __future__ import annotations

from dataclasses import dataclass

from linters.lint.javascript import UNDEFINED

from .syntax import Binary, Call, Expression, Items, Literal, Member, Name, Pattern, Unary, parts

_VALUE = Name("@")
# Members that text and arrays have, and which therefore do not tell an object apart.
_BUILT_IN = frozenset({"length", "constructor", "name"})


@dataclass(frozen=True, slots=True)
class Needs:
    """Conditions without which a filter is false and does not fail.

    `names`: the child's key must be one of these. `members`: the child must be an object with one of these
    keys. `by_key`: the part of the filter that is about the key alone, and which must hold. None where the
    filter says no such thing. `null_fails`: the filter raises on a child that is null,
    which therefore has to be evaluated. `parent_property` and `path`: the filter looks at what leads here.
    """

    names: frozenset[str] | None
    members: frozenset[str] | None
    by_key: Expression | None
    null_fails: bool
    parent_property: bool
    path: bool
    size: int
    """How many parts the filter has."""


def needs(expression: Expression) -> Needs:
    all_parts = _walk(expression)
    names = {node.name for node in all_parts if isinstance(node, Name)}
    members = _members(expression)
    return Needs(
        _names(expression),
        members,
        _by_key(expression),
        null_fails=not _guarded(expression),
        parent_property="@parentProperty" in names or "@parent" in names,
        path="@path" in names,
        size=len(all_parts),
    )


def _names(expression: Expression) -> frozenset[str] | None:
    """The only keys for which the expression can be true, if what comes before them cannot fail."""
    match expression:
        case Binary("===" | "==", Name("@property"), Literal(str(name))):
            return frozenset({name})
        case Binary("===" | "==", Literal(str(name)), Name("@property")):
            return frozenset({name})
        case Binary("in", Name("@property"), Items(items)):
            texts = [
                item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)
            ]
            return frozenset(texts) if len(texts) == len(items) else None
        case Binary("||", left, right):
            first, second = _names(left), _names(right)
            return None if first is None or second is None else first | second
        case Binary("&&", left, right):
            # The right side only counts where the left one cannot fail first.
            first = _names(left)
            if first is not None:
                return first
            return _names(right) if _harmless(left) else None
    return None


def _members(expression: Expression) -> frozenset[str] | None:
    match expression:
        case Member(target, Literal(str(key))) if target == _VALUE and _tells(key):
            return frozenset({key})
        case Member(target, Literal(str())) | Call(Member(target, Literal(str())), _):
            # `@.a.b` fails where `@.a` is missing, on any child that is not null: it has to be evaluated.
            return None
        case Binary("===" | "==", Member(target, Literal(str(key))), Literal(value)) if (
            target == _VALUE and _tells(key) and isinstance(value, str | bool | int | float)
        ):
            return frozenset({key})
        case Binary("!==" | "!=", Member(target, Literal(str(key))), Literal(None) | Unary("void", _)) if (
            target == _VALUE and _tells(key) and not _is_strict_null(expression)
        ):
            return frozenset({key})
        case Binary("!==" | "!=", Member(target, Literal(str(key))), Literal(value)) if (
            target == _VALUE and _tells(key) and value is UNDEFINED
        ):
            return frozenset({key})
        case Binary("||", left, right):
            first, second = _members(left), _members(right)
            return None if first is None or second is None else first | second
        case Binary("&&", left, right):
            first = _members(left)
            if first is not None:
                return first
            return _members(right) if _harmless(left) else None
    return None


def _by_key(expression: Expression) -> Expression | None:
    """Those members of a chain of `&&` that mention nothing but `@property`."""
    chain: list[Expression] = []
    stack = [expression]
    while stack:
        part = stack.pop()
        if isinstance(part, Binary) and part.operator == "&&":
            stack += [part.right, part.left]
            continue
        names = {node.name for node in _walk(part) if isinstance(node, Name)}
        if names == {"@property"}:
            chain.append(part)
        elif not _harmless(part):
            break
    if not chain:
        return None
    joined = chain[0]
    for part in chain[1:]:
        joined = Binary("&&", joined, part)
    return joined


def _is_strict_null(expression: Expression) -> bool:
    """`@.x !== null` also holds for a missing x."""
    return (
        isinstance(expression, Binary) and expression.operator == "!==" and expression.right == Literal(None)
    )


def _tells(key: str) -> bool:
    return key not in _BUILT_IN and not key.isdecimal()


def _harmless(expression: Expression) -> bool:
    """Whether an expression cannot fail, whatever the child is, null apart where it asks for members of it."""
    match expression:
        case Literal() | Name("@" | "@property" | "@parentProperty" | "@root"):
            return True
        case Member(target, Literal()) if target == _VALUE:
            return True
        case Unary("!" | "void" | "-" | "+", operand):
            return _harmless(operand)
        case Binary("===" | "!==" | "==" | "!=" | "&&" | "||" | "<" | ">" | "<=" | ">=", left, right):
            return _harmless(left) and _harmless(right)
        case Call(Name(name), ()):
            return name.startswith("@")
        case Call(Member(Pattern(), Literal("test")), arguments):
            return all(_harmless(argument) for argument in arguments)
    return False


def _guarded(expression: Expression) -> bool:
    """Whether the expression is false for a child that is null, without failing."""
    match expression:
        case Name("@"):
            return True
        case Binary("!=" | "!==", Name("@"), Literal(None)) | Binary("!=" | "!==", Literal(None), Name("@")):
            return True
        case Call(Name("@string" | "@number" | "@integer" | "@boolean" | "@array" | "@object"), ()):
            return True
        case Binary("||", left, right):
            return _guarded(left) and _guarded(right)
        case Binary("&&", left, right):
            return _guarded(left) or (_mentions_no_member(left) and _guarded(right))
    return False


def _mentions_no_member(expression: Expression) -> bool:
    """Whether nothing in it reads a member, so that null cannot make it fail."""
    return not any(isinstance(node, Member) for node in _walk(expression)) and _harmless(expression)


def _walk(expression: Expression) -> list[Expression]:
    """An expression and all its parts."""
    found, stack = [], [expression]
    while stack:
        node = stack.pop()
        found.append(node)
        stack += parts(node)
    return found
