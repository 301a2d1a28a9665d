"""What the rows of the catalogue share: texts that are checked as those of the data files, and a slug that stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from activation.consistency import wrong_value
from activation.rows import KINDS

RETIRED = "Not offered for new plans. Estates and plans that name it still work."
NAME = "What plans and the reference call it. No two have the same name"
NOTE = "What else there is to know. The reference shows it"
SOURCES = "The documents that say so, at least one"


class CatalogueRow(models.Model):
    """A row of one of the kinds of `activation.rows`, whose name is in `kind`."""

    kind: ClassVar[str]

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Check each field. Raises ValidationError, by field, also for texts that the data files could not hold."""
        wrong: dict[str, Any] = {}
        try:
            super().clean_fields(exclude)
        except ValidationError as error:
            error.update_error_dict(wrong)
        for field in KINDS[self.kind].fields:
            if field.type in ("text", "place") and field.name not in wrong and field.name not in (exclude or ()):
                message = wrong_value(getattr(self, field.name), field)
                if message:
                    wrong[field.name] = ValidationError(sentence(message))
        if wrong:
            raise ValidationError(wrong)


def sentence(message: str) -> str:
    """A message of the checks as one that stands by itself."""
    return f"{message[:1].upper()}{message[1:]}."


class Named(CatalogueRow):
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
