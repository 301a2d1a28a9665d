"""The tables of the catalogue -> rows, and rows -> the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from activation import models
from activation.differences import RowDifference
from activation.rows import KINDS, Content, Field, Rows

MODELS: Mapping[str, type[models.CatalogueRow]] = {
    model.kind: model
    for model in (
        models.Source,
        models.ProductGroup,
        models.HostSystem,
        models.Product,
        models.Key,
        models.Coverage,
        models.HostOption,
        models.SupportDate,
        models.Dispute,
        models.Rule,
    )
}
OWN_ONCE = ("name", "type", "group")  #: fields whose values no two rows of a kind may share, in part
Ids = dict[str, dict[str, int]]  #: kind -> identity -> primary key


def identity_of(row: models.CatalogueRow) -> str:
    """The identity of a record, as `Kind.identify` gives it for its content."""
    parts = (getattr(row, name) for name in KINDS[row.kind].identity)
    return "/".join(part if isinstance(part, str) else part.slug for part in parts)


def fields_of(kind: str, type: str) -> list[Field]:
    """The fields of a kind that have this type."""
    return [field for field in KINDS[kind].fields if field.type == type]


def read_tables() -> tuple[Rows, Ids]:
    """All rows of the tables and their primary keys, in one query a table and one a many-to-many relation."""
    rows: Rows = {}
    named: dict[str, dict[int, str]] = {}
    for kind, spec in KINDS.items():
        by_key = _read(kind, named)
        for field in fields_of(kind, "many"):
            _read_links(kind, field, by_key, named)
        named[kind] = {key: spec.identify(content) for key, content in by_key.items()}
        rows[kind] = {named[kind][key]: content for key, content in by_key.items()}
    return rows, {kind: {name: key for key, name in keys.items()} for kind, keys in named.items()}


def _read(kind: str, named: Mapping[str, Mapping[int, str]]) -> dict[int, Content]:
    """Primary key -> content, lists of rows still empty. A row that names one added meanwhile is left out."""
    columns = {f"{field.name}_id" if field.type == "one" else field.name: field for field in KINDS[kind].fields}
    asked = [column for column, field in columns.items() if field.type != "many"]
    by_key: dict[int, Content] = {}
    for values in MODELS[kind]._default_manager.order_by("pk").values("pk", *asked):
        content = {field.name: _value(values.get(column), field, named) for column, field in columns.items()}
        if all(content[field.name] is not None for field in fields_of(kind, "one") if field.needed):
            by_key[values["pk"]] = content
    return by_key


def _value(value: Any, field: Field, named: Mapping[str, Mapping[int, str]]) -> Any:
    if field.type == "many":
        return []
    if field.type == "one":
        return named[field.to].get(value)
    return value.isoformat() if isinstance(value, date) else value


def _read_links(kind: str, field: Field, by_key: dict[int, Content], named: Mapping[str, Mapping[int, str]]) -> None:
    through, here, there = _relation(kind, field)
    for key, other in through._default_manager.values_list(here, there):
        if key in by_key and other in named[field.to]:
            by_key[key][field.name].append(named[field.to][other])
    for content in by_key.values():
        content[field.name].sort()


def _relation(kind: str, field: Field) -> tuple[type[Model], str, str]:
    """The table between, and its columns for this row and for the other one."""
    relation: Any = MODELS[kind]._meta.get_field(field.name)
    return relation.remote_field.through, f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"


def read_ids(kind: str) -> dict[str, int]:
    """Identity -> primary key of every row of a kind."""
    names = [name if name == "slug" else f"{name}__slug" for name in KINDS[kind].identity]
    return {"/".join(row[:-1]): row[-1] for row in MODELS[kind]._default_manager.values_list(*names, "pk")}


def add(kind: str, contents: list[Content], ids: Ids) -> None:
    """Write new rows and put their keys into `ids`. Raises IntegrityError when one does not fit."""
    model = MODELS[kind]
    model._default_manager.bulk_create(model(**_columns(kind, content, ids)) for content in contents)
    ids[kind] = read_ids(kind)
    for field in fields_of(kind, "many"):
        _link(kind, field, contents, ids)


def _link(kind: str, field: Field, contents: list[Content], ids: Ids) -> None:
    through, here, there = _relation(kind, field)
    identify = KINDS[kind].identify
    through._default_manager.bulk_create(
        through(**{here: ids[kind][identify(content)], there: ids[field.to][named]})
        for content in contents
        for named in content[field.name]
    )


def update(kind: str, content: Content, ids: Ids) -> None:
    """Write the new content of a row. Raises IntegrityError when it does not fit."""
    record = MODELS[kind]._default_manager.get(pk=ids[kind][KINDS[kind].identify(content)])
    for name, value in _columns(kind, content, ids).items():
        setattr(record, name, value)
    record.save()
    for field in fields_of(kind, "many"):
        getattr(record, field.name).set([ids[field.to][named] for named in content[field.name]])


def make_room(changes: Iterable[RowDifference], ids: Ids) -> None:
    """Let go of the name, and of being the one MAK of a group, in rows that are about to change or to go, so that
    others can take them. The act is not over before each of the rows has been updated or deleted."""
    for row in changes:
        if _gives_way(row) and any(field.name == "name" for field in KINDS[row.kind].fields):
            key = ids[row.kind][row.identity]
            held: dict[str, Any] = {"key": {"type": "kms"}}.get(row.kind, {})
            MODELS[row.kind]._default_manager.filter(pk=key).update(name=f"~{key}", **held)


def _gives_way(row: RowDifference) -> bool:
    """Whether a row held something that another row may be about to take."""
    if row.before is None:
        return False
    return row.after is None or any(row.before.get(name) != row.after.get(name) for name in OWN_ONCE)


def delete(kind: str, identity: str, ids: Ids) -> None:
    """Delete a row. Raises ProtectedError when another row needs it."""
    MODELS[kind]._default_manager.get(pk=ids[kind][identity]).delete()
    del ids[kind][identity]


def _columns(kind: str, content: Content, ids: Ids) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for field in KINDS[kind].fields:
        value = content[field.name]
        if field.type == "one":
            columns[f"{field.name}_id"] = None if value is None else ids[field.to][value]
        elif field.type != "many":
            columns[field.name] = value
    return columns
