"""Who uses a row of the catalogue: what others need is retired, not deleted.

Other apps have users too, saved plans for example: the setting `CATALOGUE_USERS` names a function of each that gives
what it has that names the row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.module_loading import import_string

from activation.models import CatalogueRow, Coverage, HostOption, Key, Product
from activation.rows import KINDS
from activation.tables import identity_of

SHOWN = 50  #: users that are named
PARTS: tuple[type[Model], ...] = (Coverage, HostOption)  #: of a key: they go with it


@dataclass(frozen=True, slots=True)
class User:
    """One user: what it is, its name, and the path of its page, "" when it has none."""

    word: str
    name: str
    path: str = ""

    def __str__(self) -> str:
        return f"{self.word}: {self.name}"


@dataclass(frozen=True, slots=True)
class Users:
    """The users of a row, at most 50 of them. `more`: there are others. Nothing in use: false."""

    named: tuple[User, ...]
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.named)

    def lines(self) -> list[str]:
        """The users in words, and a last line when there are more."""
        return [*(str(user) for user in self.named), *([f"More than {SHOWN}"] if self.more else [])]


#: Kind and identity of a row -> what uses it, at most 51 are read.
Finder = Callable[[str, str], Iterable[User]]


def _finders() -> list[Finder]:
    return [import_string(path) for path in settings.CATALOGUE_USERS]


def users_of(row: CatalogueRow, without: Collection[tuple[str, str]] = ()) -> Users:
    """What needs this row to stay. `without`: kind and identity of rows that go with it."""
    found = list(islice(_all(row, set(without)), SHOWN + 1))
    return Users(tuple(found[:SHOWN]), more=len(found) > SHOWN)


def _all(row: CatalogueRow, without: set[tuple[str, str]]) -> Iterator[User]:
    for other in _rows_naming(row):
        if (other.kind, identity_of(other)) not in without:
            yield _user(other)
    for finder in _finders():
        yield from islice(finder(row.kind, identity_of(row)), SHOWN + 1)


def _rows_naming(row: CatalogueRow) -> Iterator[CatalogueRow]:
    for relation in row._meta.related_objects:
        model = relation.related_model
        own_part = isinstance(row, Key) and model in PARTS
        if issubclass(model, CatalogueRow) and not own_part:
            yield from _few(model._default_manager.filter(**{relation.field.name: row}))
    if isinstance(row, Key) and row.type == "mak" and not _other_mak(row):
        yield from _few(Product.objects.filter(group=row.group_id))


def _other_mak(row: Key) -> bool:
    """Whether another MAK has taken over: within an act, while one replaces the other."""
    return Key.objects.filter(type="mak", group=row.group_id).exclude(pk=row.pk).exists()


def _few(rows: QuerySet[CatalogueRow]) -> Iterator[CatalogueRow]:
    related = [name for name in KINDS[rows.model.kind].identity if name != "slug"]
    yield from rows.select_related(*related).iterator() if related else rows.iterator()


def _user(row: CatalogueRow) -> User:
    return User(KINDS[row.kind].word, str(row), admin_path(row))


def admin_path(row: CatalogueRow) -> str:
    """The page of a row in the admin."""
    return reverse(f"admin:activation_{row._meta.model_name}_change", args=(row.pk,))
