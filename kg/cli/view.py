"""`kg view`: the page of a build, in the browser of whoever asks."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from kg.cli.group import ANY_OUTPUT, emit, example
from kg.errors import InputError
from kg.model.wording import printable

__all__ = ["view_verb"]

_PAGES = ("graph.html", "exports/graph.html")  # of a build, and of `kg export --to html`
_SUFFIXES = (".html", ".htm")


@click.command(
    "view",
    epilog=example(
        "kg view out/",
        'kg view out/ --entity "Acme Corp"',
        "kg view out/exports/graph.html --print",
    ),
)
@click.argument("out", type=ANY_OUTPUT)
@click.option("--entity", metavar="NAME", help="Open on the entity of this name, or IRI.")
@click.option("--print", "only_print", is_flag=True, help="Say where the page is, open nothing.")
def view_verb(out: Path, entity: str | None, only_print: bool) -> None:
    """Open the page of a built graph in your browser.

    OUT is the folder of a build, or a page of its own. The page is one file that asks nothing of
    the network. Where there is no browser or no display, its path is printed, or
    its address where it opens on an entity.
    """
    page = _page(out)
    address = page.resolve().as_uri()
    if entity is not None:
        from kg.export.html.address import entity_address

        address += f"#{entity_address(page, entity)}"
    if only_print or not _opened(address):
        emit(printable(str(page) if entity is None else address))


def _page(out: Path) -> Path:
    """The page that is meant. Raises InputError where there is none."""
    if out.is_dir():
        for name in _PAGES:
            if (out / name).is_file():
                return out / name
        raise InputError(
            f"{out}: holds no graph.html; give the folder of `kg build --out`, or make the page "
            f"of a graph file there with `kg export {out} --to html`"
        )
    if out.suffix.lower() not in _SUFFIXES:
        raise InputError(
            f"{out}: is no page; give the folder of a build, or make a page of a graph file with "
            f"`kg export {out} --to html`"
        )
    return out


def _opened(address: str) -> bool:
    """Whether a browser took the address; what cannot show a page is not asked."""
    if not _has_screen():
        return False
    import webbrowser

    return webbrowser.open(address)


def _has_screen() -> bool:
    """False on a Linux without a display, where only browsers of text are left, and no choice."""
    chosen = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in chosen)
