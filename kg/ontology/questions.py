"""The questions of a domain: SPARQL files with a title and parameters, in its folder `questions/`.

A file is a query that runs as it is, under a header of comments:

    # title: Who sponsors what
    # question: Which events does somebody sponsor?
    # param entity: a sponsor; all without it

A parameter is a variable with its default: the line `VALUES ?entity { "" }`, whose string another
one may take the place of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import OntologyError, UnknownNameError

__all__ = ["Question", "read_questions"]

_HEADER = re.compile(r"#\s*(title|question|param\s+(\w+)):\s*(.*\S)\s*$")
_DEFAULT = r'VALUES\s+\?{}\s*\{{\s*"(?:[^"\\\n]|\\.)*"\s*\}}'
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `params` maps the name of each parameter to what it is."""

    name: str  # of its file, without the suffix
    title: str
    question: str  # one sentence in English
    params: Mapping[str, str]
    query: str
    path: Path

    def with_values(self, values: Mapping[str, str]) -> str:
        """The query with these values of its parameters.

        Raises UnknownNameError for a parameter that it does not have.
        """
        query = self.query
        for name, value in values.items():
            if name not in self.params:
                raise UnknownNameError(f"parameter of {self.name}", name, self.params)
            text = "".join(_ESCAPES.get(character, character) for character in value)
            line = f'VALUES ?{name} {{ "{text}" }}'
            default = re.search(_DEFAULT.format(name), query)
            if default is not None:
                query = query[: default.start()] + line + query[default.end() :]
        return query


def read_questions(folders: Iterable[Path]) -> dict[str, Question]:
    """The questions of domain folders by name, in the order of names.

    A later folder replaces a question by its name. Raises OntologyError naming file and line for a
    header that is incomplete or wrong.
    """
    found = {
        path.stem: _read(path)
        for folder in folders
        for path in sorted((folder / "questions").glob("*.rq"))
    }
    return dict(sorted(found.items()))


def _read(path: Path) -> Question:
    try:
        query = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise OntologyError(f"{path}: not UTF-8: {error}") from error
    said: dict[str, str] = {}
    params: dict[str, str] = {}
    for number, line in enumerate(query.splitlines(), 1):
        if not line.startswith("#"):
            break
        match = _HEADER.match(line)
        if match is None:
            raise OntologyError(
                f"{path}:{number}: a header line is '# title: …', '# question: …' or "
                "'# param NAME: …'"
            )
        if match[2] is None:
            said[match[1]] = match[3]
        elif re.search(_DEFAULT.format(match[2]), query) is None:
            raise OntologyError(
                f'{path}:{number}: the query lacks VALUES ?{match[2]} {{ "" }} for this parameter'
            )
        else:
            params[match[2]] = match[3]
    for needed in ("title", "question"):
        if needed not in said:
            raise OntologyError(f"{path}:1: the header lacks '# {needed}: …'")
    return Question(path.stem, said["title"], said["question"], params, query, path)
