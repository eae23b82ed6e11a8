"""CSV files with typed headers for `neo4j-admin database import`, and how to run it.

Source: https://neo4j.com/docs/operations-manual/current/import/#import-tool-header-format
"""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from kg.ontology.domain import Ontology
from kg.property_graph.columns import Column, columns
from kg.property_graph.dictionary import data_dictionary
from kg.property_graph.markdown import render_dictionary
from kg.property_graph.model import Node, PropertyGraph, PropertyValue, Relationship
from kg.property_graph.statements import constraint
from kg.property_graph.terms import LINKS
from kg.property_graph.view import written_view
from kg.rdf.serialize import REPLACEMENT

if TYPE_CHECKING:
    from kg.export.formats import FormatOptions
    from kg.rdf.written import WrittenGraph

__all__ = ["ARRAY_DELIMITER", "render_neo4j_csv", "write_neo4j_csv"]

# Between the elements of an array, and between labels. No value holds it: it is replaced.
ARRAY_DELIMITER = "\x1f"
_FORBIDDEN = re.compile("[\x00\x1f]")

_README = """# Import into Neo4j

In this folder, with the database `{database}` not there yet, and Neo4j 5 or later:

```
sh import.sh {database} --dry-run    # says what it would do, where your version has this option
sh import.sh {database}
cypher-shell -d {database} -f constraints.cypher
```

`import.sh` calls `neo4j-admin database import full` with all files of this folder and the options
they need: `--array-delimiter=U+001F`, since names hold every printable character, and
`--multiline-fields=true`, since quotes hold line breaks. Without these two options the import goes
wrong. What is behind the name of the database goes on to neo4j-admin.

In an Enterprise Edition create the database afterwards: `CREATE DATABASE {database}`.

Ids are IRIs, of one space. A character that the delimiter needs (U+001F) and U+0000 stand as
U+FFFD.

"""
_SCRIPT = """#!/bin/sh
# sh import.sh DATABASE [OPTION...]; see README.md
set -eu
cd "$(dirname "$0")"
database=${1:?"the name of a database that is not there yet"}
shift
exec "${NEO4J_ADMIN:-neo4j-admin}" database import full \\
"""


def render_neo4j_csv(graph: PropertyGraph, ontology: Ontology) -> dict[str, str]:
    """File name to text: nodes by key label, facts, links by type, constraints, script, README."""
    nodes: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        nodes[node.key].append(node)
    relationships: dict[str, list[Relationship]] = defaultdict(list)
    for item in graph.relationships:
        name = item.type.lower() if item.type in LINKS else "facts"
        relationships[name].append(item)
    files = {f"nodes-{key.lower()}.csv": _node_file(nodes[key]) for key in sorted(nodes)}
    files |= {
        f"relationships-{name}.csv": _relationship_file(relationships[name])
        for name in sorted(relationships)
    }
    return {
        "README.md": _README.format(database="news")
        + render_dictionary(data_dictionary(graph, ontology)),
        **files,
        "constraints.cypher": "".join(f"{constraint(key)};\n" for key in sorted(nodes)),
        "import.sh": _script(files),
    }


def write_neo4j_csv(written: WrittenGraph, options: FormatOptions) -> dict[str, str]:
    """The folder of the format neo4j-csv."""
    return render_neo4j_csv(written_view(written, options.evidence), written.ontology)


def _script(files: Iterable[str]) -> str:
    arguments = [
        f"--{'nodes' if name.startswith('nodes-') else 'relationships'}={shlex.quote(name)}"
        for name in files
    ]
    arguments += ["--array-delimiter=U+001F", "--multiline-fields=true"]
    return (
        _SCRIPT + "".join(f"  {argument} \\\n" for argument in arguments) + '  "$@" "$database"\n'
    )


def _node_file(nodes: Sequence[Node]) -> str:
    names = columns(nodes)
    head = ["id:ID", ":LABEL", *map(_header, names)]
    rows = ([_text(node.id), _array(node.labels), *_cells(names, node)] for node in nodes)
    return _lines(head, rows)


def _relationship_file(items: Sequence[Relationship]) -> str:
    names = columns(items)
    head = [":START_ID", ":END_ID", ":TYPE", "id:string", *map(_header, names)]
    rows = (
        [_text(item.start), _text(item.end), _text(item.type), _text(item.id), *_cells(names, item)]
        for item in items
    )
    return _lines(head, rows)


def _header(column: Column) -> str:
    return f"{column.name}:{column.type}"


def _cells(names: Iterable[Column], item: Node | Relationship) -> Iterator[str]:
    return (_cell(item.properties.get(column.name)) for column in names)


def _cell(value: PropertyValue | None) -> str:
    """The field: text in quotes always, since an empty one without them is no value at all."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case tuple():
            return _array(value)
        case date():
            return value.isoformat()
        case _:
            return repr(value)


def _array(values: Iterable[object]) -> str:
    cleaned = (_FORBIDDEN.sub(REPLACEMENT, str(value)) for value in values)
    return _quoted(ARRAY_DELIMITER.join(cleaned))


def _text(text: str) -> str:
    return _quoted(_FORBIDDEN.sub(REPLACEMENT, text))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _lines(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"{','.join(row)}\n" for row in (head, *rows))
