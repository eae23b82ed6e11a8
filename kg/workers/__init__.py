"""Work in other processes."""

from __future__ import annotations

from kg.workers.beside import beside, is_copied
from kg.workers.pool import Lost, in_processes

__all__ = ["Lost", "beside", "in_processes", "is_copied"]
