"""What a SPARQL query may not do, and what is told of one that does not parse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NoReturn

from kg.errors import QueryError
from kg.rdf.terms import PREFIXES

__all__ = ["explained", "refuse_what_reaches_out", "with_prefixes"]

# What may hold any word without it being a keyword, longest match first as in the grammar.
# Source: https://www.w3.org/TR/sparql11-query/#sparqlGrammar (strings, IRIREF, comments)
OPAQUE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\''
    r"|<[^<>\"{}|^`\\\x00-\x20]*>|#[^\n]*",
    re.DOTALL,
)
NAME = re.compile(r"[?$@]\w+|(?<![\w.-])([\w.-]*):(?!:)[\w:.%\\-]*")
DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):", re.IGNORECASE)
UPDATE = re.compile(
    r"^\s*(?:(?:BASE|PREFIX\s+[\w.-]*:)\s*)*"
    r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)
SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
REASON = re.compile(r"The SELECT [\w ]+")  # hidden in the list of what the parser expected
# The engine descends with the query, and a stack that ends takes the process along.
_DEEPEST = 100  # brackets within brackets
_MOST_STEPS = 2_000  # operators and words that make the tree of the query deeper
_STEPS = re.compile(r"[.;,!+*/|^&=<>-]|\b(?:UNION|OPTIONAL|MINUS|FILTER|BIND|VALUES|GRAPH)\b", re.I)
_AROUND = 80  # characters of a line that are shown before and after the place of an error
PLACE = re.compile(r"error at (\d+):(\d+)")
# "FILTER(?a<?b)SERVICE?s#>": to an engine that knows where it stands < is no start of an IRI here.
# What begins as in <https://… is one, for // is nowhere in a name.
DISGUISED = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://)[^>\n]*\).*\bSERVICE\b", re.IGNORECASE)


def refuse_what_reaches_out(query: str) -> None:
    """Raises QueryError for an update, a call of another server, and a query that is too deep.

    This reads words, not grammar, and leans to refusing; `kg.rdf.guarded` takes the network away
    altogether.
    """
    bare = OPAQUE.sub(_blank, query)
    _refuse_what_is_too_deep(bare)
    update = UPDATE.search(bare)
    if update:
        raise QueryError(
            f"{update[1].upper()} would change the graph, and queries are read-only; use SELECT, "
            "ASK, CONSTRUCT or DESCRIBE"
        )
    if SERVICE.search(NAME.sub(" ", bare)):
        raise QueryError(
            "SERVICE would send the query to another server, and queries stay on this machine; "
            "take the SERVICE block out"
        )


def _refuse_what_is_too_deep(bare: str) -> None:
    depth = deepest = 0
    for bracket in re.findall(r"[][(){}]", bare):
        depth += 1 if bracket in "[({" else -1
        deepest = max(deepest, depth)
    if deepest > _DEEPEST or len(_STEPS.findall(bare)) > _MOST_STEPS:
        raise QueryError(
            f"the query nests more than {_DEEPEST} brackets or has more than {_MOST_STEPS:,} "
            "operators; ask in several queries, or list values with VALUES"
        )


def _blank(opaque: re.Match[str]) -> str:
    return opaque[0] if DISGUISED.match(opaque[0]) else " "


@contextmanager
def explained(query: str, prefixes: Mapping[str, str]) -> Iterator[None]:
    """Turns what the engine raises inside into QueryError, with the place where it can be told."""
    try:
        yield
    except SyntaxError as error:
        _explain(error, query, prefixes)
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


def _explain(error: SyntaxError, query: str, prefixes: Mapping[str, str]) -> NoReturn:
    """Raises QueryError that says where the parser stopped, and why if that is plain."""
    place = PLACE.search(str(error))
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    bare = OPAQUE.sub(" ", query)
    declared = {*prefixes, *DECLARED.findall(bare)}
    used = (match[1] for match in NAME.finditer(bare) if match[1] is not None)
    unknown = sorted(set(used) - declared - {"_"})
    where = f"the query does not parse at line {line}, column {column}"
    if not query.strip():
        raise QueryError("the query is empty; give a SELECT, ASK, CONSTRUCT or DESCRIBE")
    if unknown:
        raise QueryError(
            f"{where}: prefix {unknown[0]}: is not declared; add PREFIX {unknown[0]}: <...> or use "
            f"one of {', '.join(sorted(prefixes))}"
        ) from error
    lines = query.splitlines()
    text = lines[line - 1] if line <= len(lines) else ""
    rest = text[column - 1 :].strip()
    reason = REASON.search(str(error))
    if reason:
        raise QueryError(f"{where}: {reason[0]}") from error
    found = f"unexpected {rest[:30]!r}" if rest else "unexpected end; check its brackets"
    begin = max(0, column - 1 - _AROUND)
    shown = text[begin : column - 1 + _AROUND]
    raise QueryError(f"{where}: {found}\n  {shown}\n  {' ' * (column - 1 - begin)}^") from error


def with_prefixes(query: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """The query with a PREFIX line, by name, for each prefix that it uses and does not declare.

    So it runs on a store that knows none. A prefix that is not among these is left to the store.
    """
    bare = OPAQUE.sub(" ", query)
    declared = set(DECLARED.findall(bare))
    used = {match[1] for match in NAME.finditer(bare)} - declared
    lines = [f"PREFIX {name}: <{prefixes[name]}>\n" for name in sorted(used & prefixes.keys())]
    return "".join(lines) + query
