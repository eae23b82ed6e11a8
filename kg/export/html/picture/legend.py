"""What the colours and lines of a picture mean, below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.export.html.picture.contents import Kind, Picture
from kg.export.html.picture.marks import disc, number, speech, stroke, text
from kg.model.statement import Modality

__all__ = ["legend"]

_SIZE = 13
_CHARACTER = 7.4  # page units of an average character at that size
_ROW = 26.0
_SIGN = 30.0  # width of what stands before the words
_GAP = 22.0
_STANCES = {
    Modality.ASSERTED: "asserted",
    Modality.PLANNED: "planned",
    Modality.HEDGED: "hedged",
    Modality.NEGATED: "denied",
}

_SAID = "said"

Item = tuple[str, Kind | Modality | str]  # its words and what stands before them


def legend(
    picture: Picture, colours: Mapping[str, str], x: float, y: float, width: float
) -> tuple[float, list[str]]:
    """Its height in page units, and its parts; x and y are its upper left corner."""
    items = _items(picture)
    parts = [
        f'<path d="M{number(x)} {number(y)}H{number(x + width)}" '
        f'stroke="{colours["line"]}" stroke-width="1"/>'
    ]
    column, row = x, y + _ROW
    for words, sign in items:
        needed = _SIGN + len(words) * _CHARACTER
        if column > x and column + needed > x + width:
            column, row = x, row + _ROW
        parts += _sign(sign, column, row - 5, colours)
        parts.append(text(words, column + _SIGN, row, _SIZE, colours["ink"]))
        column += needed + _GAP
    row += _ROW
    parts.append(text(_summary(picture), x, row, _SIZE, colours["soft"]))
    return row + 8 - y, parts


def _items(picture: Picture) -> list[Item]:
    kinds = sorted({node.kind for node in picture.nodes})
    items: list[Item] = []
    for position in kinds:
        kind = picture.kinds[position]
        items.append((kind.label[:1].upper() + kind.label[1:], kind))
    stances = {line.stance for line in picture.lines}
    items += [(words, stance) for stance, words in _STANCES.items() if stance in stances]
    if any(line.speakers for line in picture.lines):
        items.append(("said by someone, not by the article itself", _SAID))
    if any(node.neighbours_left_out for node in picture.nodes):
        items.append(("neighbours that are not drawn", "+n"))
    return items


def _summary(picture: Picture) -> str:
    return (
        f"{len(picture.nodes):,} of {picture.entities:,} entities, {picture.facts_drawn:,} of "
        f"{picture.facts:,} facts between two of them; larger: more facts"
    )


def _sign(
    sign: Kind | Modality | str, x: float, y: float, colours: Mapping[str, str]
) -> Iterator[str]:
    if isinstance(sign, Kind):
        fill, paper = colours[sign.colour], colours["paper"]
        yield disc(x + 12, y, 10, fill, paper, sign.icon, sign.letter)
    elif isinstance(sign, Modality):
        colour = colours["edge" if sign is Modality.ASSERTED else str(sign)]
        yield f'<path d="M{number(x)} {number(y)}h24" {stroke(sign, colour)}/>'
        if sign is Modality.NEGATED:
            cross = f"M{number(x + 7)} {number(y - 5)}l10 10m-10 0l10 -10"
            yield f'<path d="{cross}" fill="none" stroke="{colour}" stroke-width="2"/>'
    elif sign == _SAID:
        yield speech(x + 12, y, colours["soft"], colours["paper"])
    else:
        yield text(sign, x + 12, y + 5, 14, colours["soft"], anchor="middle")
