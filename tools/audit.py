"""What can be known of the dependencies: `python -m tools.audit`, part of `make check`.

Without asking anybody: each package that this one needs, with its extras as far as they are
installed, has a licence that goes together with this one's, lies within the bounds of
pyproject.toml, and is no release of `known_bad.toml`; and no bound admits one of those. Where
pip-audit is installed (`make audit`) the advisory database of PyPI is asked too. The last line says
which of the two it was. Exits with 1 for a finding, and with `--advisories` where none could be
asked.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
# Words of licences that ask for no more than notices, or for changes to their own files. A licence
# that only one of several choices (OR) needs to fit is enough.
FREE = re.compile(
    r"apache|bsd|mit\b|isc\b|psf|python software|python-2|mozilla|mpl-?2|zlib|cc0|unlicense|w3c"
    r"|cnri|public domain|hpnd",
    re.I,
)
LOOKED_AT = {
    "resvg-py": "MIT, in the file of its licence alone",
    "tld": "MPL 1.1, GPL 2 or LGPL 2.1: used unchanged, and not handed out with this package",
}
BOUND = re.compile(r"newskg\b")
LONGEST_S = 180


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong with a package."""

    package: str
    what: str


def declared(project: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """What pyproject.toml asks for, extras included, its own extras left out."""
    table = project["project"]
    lines = [
        *table["dependencies"],
        *(r for e in table["optional-dependencies"].values() for r in e),
    ]
    return tuple(Requirement(line) for line in lines if not BOUND.match(line))


def packages(wanted: Iterable[Requirement]) -> dict[str, Distribution]:
    """The installed packages that these need, and what those need, by canonical name."""
    found: dict[str, Distribution] = {}
    todo = [(item.name, frozenset(item.extras)) for item in wanted]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        key = (canonicalize_name(name), extras)
        if key in seen:
            continue
        seen.add(key)
        try:
            found[key[0]] = distribution(name)
        except PackageNotFoundError:  # an extra that nobody asked for
            continue
        for line in found[key[0]].requires or ():
            item = Requirement(line)
            if item.marker is None or any(
                item.marker.evaluate({"extra": extra}) for extra in ("", *extras)
            ):
                todo.append((item.name, frozenset(item.extras)))
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """What the package says of its licence; "" where it says nothing."""
    told = package.metadata
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    listed = [c for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    names = [c.rpartition("::")[2].strip() for c in listed if not c.endswith("OSI Approved")]
    return "; ".join(names) or str(told.get("License") or "").strip().split("\n")[0]


def fits(told: str) -> bool:
    """Whether one may use the package under a licence that goes with Apache-2.0."""
    choices = re.split(r"\bOR\b", told.strip("()"))
    return any(all(FREE.search(p) for p in re.split(r"\bAND\b", choice)) for choice in choices)


def bad_licences(found: Mapping[str, Distribution]) -> Iterator[Finding]:
    """Packages whose licence does not fit, or that name none."""
    for name, package in found.items():
        told = licence(package)
        if not fits(told) and name not in LOOKED_AT:
            yield Finding(name, f"its licence is {told or 'not named'}")


def bad_bounds(
    wanted: Iterable[Requirement], found: Mapping[str, Distribution]
) -> Iterator[Finding]:
    """Requirements without a bound on either side, and installed packages outside of them."""
    for item in wanted:
        signs = {specifier.operator for specifier in item.specifier}
        if not ("==" in signs or (signs & {">=", "~="} and signs & {"<", "~="})):
            yield Finding(item.name, "pyproject.toml bounds it on one side only")
        package = found.get(canonicalize_name(item.name))
        if package is not None and package.version not in item.specifier:
            yield Finding(item.name, f"{package.version} is not {item.specifier}")


def bad_releases(
    wanted: Iterable[Requirement],
    found: Mapping[str, Distribution],
    known: Sequence[Mapping[str, str]],
) -> Iterator[Finding]:
    """Installed releases that are known to be bad, and lower bounds that admit them."""
    lowest = {canonicalize_name(item.name): item for item in wanted}
    for entry in known:
        name, bad = canonicalize_name(entry["name"]), SpecifierSet(entry["bad"])
        if name in found and found[name].version in bad:
            yield Finding(name, f"{found[name].version} is bad: {entry['why']}")
        if name in lowest:
            bounds = [s.version for s in lowest[name].specifier if s.operator in (">=", "==", "~=")]
            for bound in bounds:
                if Version(bound) in bad:
                    yield Finding(name, f"pyproject.toml admits {bound}, bad: {entry['why']}")


def offline() -> tuple[list[Finding], dict[str, Distribution]]:
    """What is wrong as far as this machine knows, and the packages that were looked at."""
    wanted = declared(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))
    known = tomllib.loads((ROOT / "tools/known_bad.toml").read_text("utf-8"))["release"]
    found = packages(wanted)
    bad = [*bad_licences(found), *bad_bounds(wanted, found), *bad_releases(wanted, found, known)]
    return sorted(bad), found


def told_of(output: str) -> tuple[int, list[Finding]]:
    """How many packages the database knew, and what is known against them, of pip-audit's JSON.

    pip-audit ends with 0 also where it was told of no package at all: without a network, say.
    """
    rows = json.loads(output)["dependencies"]
    known = [row for row in rows if "skip_reason" not in row]
    bad = [Finding(r["name"], f"{r['version']}: {v['id']}") for r in known for v in r["vulns"]]
    return len(known), sorted(bad)


def advisories(found: Mapping[str, Distribution]) -> tuple[int, list[Finding], str]:
    """What `told_of` says of the packages, and why nothing could be asked, "" where it could."""
    if find_spec("pip_audit") is None:
        return 0, [], "pip-audit is not installed: make audit"
    pins = "".join(f"{name}=={package.version}\n" for name, package in found.items())
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--format", "json"]
    try:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
            file.write(pins)
            file.flush()
            done = subprocess.run(
                [*command, "--progress-spinner", "off", "--timeout", "15", "-r", file.name],
                capture_output=True, text=True, timeout=LONGEST_S, check=False,
            )  # fmt: skip
        count, bad = told_of(done.stdout)
    except subprocess.TimeoutExpired:
        return 0, [], "the advisory database did not answer"
    except (ValueError, KeyError, TypeError):
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return 0, [], f"the advisory database could not be asked ({last})"
    return count, bad, "" if count else "the advisory database told of no package: no network?"


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints findings and what was asked; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tools.audit")
    parser.add_argument("--advisories", action="store_true", help="fail where none can be asked")
    given = parser.parse_args(arguments)
    bad, found = offline()
    count, told, why = advisories(found)
    for finding in (*bad, *told):
        print(f"{finding.package}: {finding.what}")  # noqa: T201
    asked = f"advisories on {count} of them" if count else f"no advisories: {why}"
    print(f"audited {len(found)} packages: licences, bounds, known bad releases; {asked}")  # noqa: T201
    return int(bool(bad or told) or (given.advisories and not count))


if __name__ == "__main__":
    raise SystemExit(main())
