"""The steps of a runbook, and their kinds as `steps.toml` says them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from activation.rules.catalogue import Catalogue, Source
from planner.sources import SourceLink, link

TEXTS = ("title", "on", "why", "do", "look", "check", "back", "undo")
_NAME = re.compile("«([a-z-]+)»")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `do`, `check` and `undo` are PowerShell; `undo` is "" where nothing can be taken back."""

    number: str
    title: str
    on: str
    why: str
    do: str
    look: str
    check: str
    back: str
    undo: str
    sources: tuple[str, ...]

    @property
    def slug(self) -> str:
        """The number, fit for an id."""
        return "step-" + self.number.replace(".", "-")


@dataclass(frozen=True, slots=True)
class Part:
    """The steps at one place, in their order: a network, the forest, or what is switched off at the end."""

    number: int
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Runbook:
    """The steps of a plan. `version` of the catalogue."""

    organisation: str
    as_of: str
    version: str
    parts: tuple[Part, ...]

    @property
    def number(self) -> int:
        """How many steps there are."""
        return sum(len(part.steps) for part in self.parts)


@cache
def kinds() -> Mapping[str, Mapping[str, str | list[str]]]:
    """Kind of step -> its texts and sources."""
    return tomllib.loads(files(__package__).joinpath("steps.toml").read_text(encoding="utf-8"))


@cache
def documents() -> Mapping[str, Source]:
    """The documents behind the commands that no catalogue holds, by slug."""
    rows = tomllib.loads(files(__package__).joinpath("documents.toml").read_text(encoding="utf-8"))
    return {row["slug"]: Source(**row) for row in rows["document"]}


def step(kind: str, values: Mapping[str, object], sources: Iterable[str] = ()) -> Step:
    """A step of this kind with the values in its texts, still without its number. KeyError when a value is missing."""
    said = kinds()[kind]
    texts = {name: _filled(str(said[name]), values) for name in TEXTS}
    return Step(number="", **texts, sources=tuple(dict.fromkeys([*said["sources"], *sources])))


def _filled(text: str, values: Mapping[str, object]) -> str:
    filled = _NAME.sub(lambda name: str(values[name[1]]), text).strip("\n")
    return "\n".join(line.rstrip() for line in filled.splitlines())


def numbered(places: Iterable[tuple[str, list[Step]]]) -> tuple[Part, ...]:
    """The places that have steps, as numbered parts: 1 with the steps 1.1, 1.2 and so on."""
    found = [(title, steps) for title, steps in places if steps]
    return tuple(
        Part(part, title, tuple(replace(each, number=f"{part}.{number}") for number, each in enumerate(steps, start=1)))
        for part, (title, steps) in enumerate(found, start=1)
    )


def source_links_of(step: Step, catalogue: Catalogue) -> tuple[SourceLink, ...]:
    """The documents behind a step, those behind the rules that it names too."""
    slugs = dict.fromkeys(_documents(step.sources, catalogue))
    found = (catalogue.sources.get(slug) or documents().get(slug) for slug in slugs)
    return tuple(link(source) for source in found if source)


def _documents(slugs: Iterable[str], catalogue: Catalogue) -> Iterator[str]:
    for slug in slugs:
        if slug in catalogue.rules:
            yield from catalogue.rules[slug].sources
        else:
            yield slug
