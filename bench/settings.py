"""The settings of the site with one view more, which only this benchmark has: see `bench.urls`."""

from pathlib import Path

from planner import settings as site

globals().update({name: value for name, value in vars(site).items() if name.isupper()})

ROOT_URLCONF = "bench.urls"
TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], Path(__file__).parent / "templates"]} for engine in site.TEMPLATES]
