"""`{% documents sources %}`: the documents behind an answer. The same few stand behind most lines of a plan, so each
list is rendered once: that is half of the time of a plan's page."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from planner.sources import SourceLink

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=512)
def documents(sources: tuple[SourceLink, ...]) -> SafeString:
    """The list of those documents as HTML."""
    return render_to_string("_sources.html", {"sources": sources})
