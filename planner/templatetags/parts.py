"""`{% part "_notice.html" notice %}`: a part of a plan that depends on nothing but its data.

From one keystroke to the next most parts of a plan stay as they are (warnings, keys, documents), so each is rendered
once and kept. The data are frozen dataclasses and tuples: equal data give equal HTML.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()

#: Parts kept in each process, of a few kilobytes each.
KEPT = 2048


@register.simple_tag
@lru_cache(maxsize=KEPT)
def part(template_name: str, data: Hashable) -> SafeString:
    """The template with the data as `it`."""
    return render_to_string(template_name, {"it": data})
