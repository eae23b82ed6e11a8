"""SHACL shapes compiled to look-ups in dictionaries: pySHACL takes minutes for large graphs.

What cannot be compiled, or is not certain to be judged as pySHACL judges it, is said to be so.
"""

from __future__ import annotations

from kg.rdf.conform.compiled import Compiled, compile_shapes
from kg.rdf.conform.index import Index, Uncertain

__all__ = ["Compiled", "Index", "Uncertain", "compile_shapes"]
