"""Makes kg/ontology/icons.json out of the npm package lucide-static.

    npm pack lucide-static@VERSION
    python -m tools.viewer_icons lucide-static-VERSION.tgz

Prints version, licence and hash of the package for kg/export/html/viewer/README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tarfile
from pathlib import Path
from xml.etree import ElementTree

__all__ = ["main", "outline"]

TARGET = Path(__file__).parent.parent / "kg" / "ontology" / "icons.json"
_NUMBER = r"[-+]?(?:\d*\.\d+|\d+)"
# Those that the packaged domains name, and some that other domains may want.
ICONS = (
    "activity atom banknote book-open bot box briefcase-business building-2 calendar-days "
    "calendar-range car coins concierge-bell cpu database dna earth factory file-text film "
    "flag flask-conical gavel globe graduation-cap hand-coins handshake hash heart-pulse "
    "image landmark layers leaf lightbulb luggage map map-pin medal megaphone microscope "
    "music newspaper orbit package pill plane quote radio-tower rocket satellite scale server "
    "shield ship shopping-bag sprout star store tag target telescope ticket tower-control "
    "train-front trophy truck user users wallet warehouse wrench zap "
)


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    package = parser.parse_args().package
    with tarfile.open(package) as archive:

        def read(name: str) -> bytes:
            found = archive.extractfile(f"package/{name}")
            if found is None:
                raise SystemExit(f"{package}: has no file {name}")
            return found.read()

        about = json.loads(read("package.json"))
        icons = {
            name: outline(read(f"icons/{name}.svg").decode()) for name in sorted(ICONS.split())
        }
    lines = [f"{json.dumps(name)}: {json.dumps(path)}" for name, path in icons.items()]
    TARGET.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    sys.stdout.write(
        f"{len(icons)} icons of lucide-static {about['version']} ({about['license']}), {digest}\n"
    )


def outline(svg: str) -> str:
    """The shapes of an icon as one SVG path."""
    shapes = list(ElementTree.fromstring(svg))  # noqa: S314  of a package whose hash is noted
    return "".join(_absolute(_path(s.tag.rsplit("}", 1)[-1], s.attrib)) for s in shapes)


def _absolute(path: str) -> str:
    """The path with an absolute start: that of the next shape must not depend on where it ends."""
    if path.startswith("M"):
        return path
    start = re.match(rf"m\s*({_NUMBER})[\s,]*({_NUMBER})[\s,]*", path)
    if start is None:
        raise SystemExit(f"this script cannot read the path {path}")
    rest = path[start.end() :]
    line = "" if rest[:1].isalpha() or not rest else "l"
    return f"M{start[1]} {start[2]}{line}{rest}"


def _path(tag: str, given: dict[str, str]) -> str:
    if tag == "path":
        return given["d"]
    if tag in ("circle", "ellipse"):
        x, y = (float(given[key]) for key in ("cx", "cy"))
        rx = float(given.get("rx") or given["r"])
        ry = float(given.get("ry") or given["r"])
        half = f"a{rx:g} {ry:g} 0 1 0"
        return f"M{x - rx:g} {y:g}{half} {2 * rx:g} 0{half} {-2 * rx:g} 0"
    if tag == "line":
        return f"M{given['x1']} {given['y1']}L{given['x2']} {given['y2']}"
    if tag in ("polyline", "polygon"):
        return f"M{given['points']}" + ("Z" if tag == "polygon" else "")
    if tag == "rect":
        return _rectangle(
            *(float(given.get(key, 0)) for key in ("x", "y", "width", "height", "rx"))
        )
    raise SystemExit(f"an icon has a <{tag}>, which this script cannot turn into a path")


def _rectangle(x: float, y: float, width: float, height: float, round_: float) -> str:
    if not round_:
        return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}z"
    corner = f"a{round_:g} {round_:g} 0 0 1"
    across, down = width - 2 * round_, height - 2 * round_
    return (
        f"M{x + round_:g} {y:g}h{across:g}{corner} {round_:g} {round_:g}v{down:g}"
        f"{corner} {-round_:g} {round_:g}h{-across:g}{corner} {-round_:g} {-round_:g}"
        f"v{-down:g}{corner} {round_:g} {-round_:g}z"
    )


if __name__ == "__main__":
    main()
