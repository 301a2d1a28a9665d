"""What the named rows of the catalogue share: a slug that stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

RETIRED = "Not offered for new plans. Estates and plans that name it still work."


class Named(models.Model):
    """A row with a slug of its own. Files, addresses and saved plans name it by the slug, so it never changes."""

    slug: models.CharField[str, str]
    _slug_as_read: str | None = None

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Save the row. Raises ValidationError when its slug is another than it was read with."""
        self.refuse_new_slug()
        super().save(**options)
        self._slug_as_read = self.slug

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Sequence[Any]) -> Self:
        row = super().from_db(db, field_names, values)
        row._slug_as_read = row.__dict__.get("slug")
        return row

    def clean(self) -> None:
        super().clean()
        self.refuse_new_slug()

    def refuse_new_slug(self) -> None:
        if self._slug_as_read not in (None, self.slug):
            raise ValidationError({"slug": f'Stays "{self._slug_as_read}": files and saved plans name it.'})
