"""Articles to a graph: build it, load it again, take articles out of it."""

from kg.pipeline.building import build, build_files, build_with_report
from kg.pipeline.reading import Progress
from kg.pipeline.removal import remove_articles, still_naming
from kg.pipeline.reviewing import review_build
from kg.pipeline.settings import Settings
from kg.pipeline.stored import load_graph

__all__ = [
    "Progress",
    "Settings",
    "build",
    "build_files",
    "build_with_report",
    "load_graph",
    "remove_articles",
    "review_build",
    "still_naming",
]
