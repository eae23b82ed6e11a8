"""Work in other processes."""

from __future__ import annotations

from kg.workers.beside import beside, is_copied
from kg.workers.pool import Lost, Processes, end_with_parent, in_processes

__all__ = ["Lost", "Processes", "beside", "end_with_parent", "in_processes", "is_copied"]
