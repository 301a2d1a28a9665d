"""A column that follows another one: its text without case and accents, to search in."""

from __future__ import annotations

from typing import Any

from django.db import models

from planner.folding import plain


class FoldedField(models.TextField):
    """The folded text of the field `of`. It is filled in by itself whenever its row is written."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        super().__init__(**{"default": "", "blank": True, "editable": False} | options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, positional, options = super().deconstruct()
        return name, path, positional, options | {"of": self.of}

    def pre_save(self, instance: models.Model, add: bool) -> str:
        """The text as it is now, also left on the row."""
        text = plain(getattr(instance, self.of))
        setattr(instance, self.attname, text)
        return text


def followers(row: models.Model) -> dict[str, str]:
    """Column -> text, of the columns of a row that follow others: an UPDATE by values must name them."""
    columns = (each for each in row._meta.concrete_fields if isinstance(each, FoldedField))
    return {each.attname: each.pre_save(row, add=False) for each in columns}
