"""The tables of the catalogue -> rows, and rows -> the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from activation import models
from activation.rows import KINDS, Content, Field, Rows

MODELS: Mapping[str, type[Model]] = {
    "source": models.Source,
    "group": models.ProductGroup,
    "system": models.HostSystem,
    "product": models.Product,
    "key": models.Key,
    "coverage": models.Coverage,
    "host": models.HostOption,
    "support": models.SupportDate,
    "dispute": models.Dispute,
    "rule": models.Rule,
}
Ids = dict[str, dict[str, int]]  #: kind -> identity -> primary key


def fields_of(kind: str, type: str) -> list[Field]:
    """The fields of a kind that have this type."""
    return [field for field in KINDS[kind].fields if field.type == type]


def read_tables() -> Rows:
    """All rows of the tables, in one query a table and one a many-to-many relation."""
    rows: Rows = {}
    for kind, spec in KINDS.items():
        contents = [_content(kind, record) for record in _records(kind)]
        rows[kind] = {spec.identify(content): content for content in contents}
    return rows


def read_ids(kind: str) -> dict[str, int]:
    """Identity -> primary key of every row of a kind."""
    names = [name if name == "slug" else f"{name}__slug" for name in KINDS[kind].identity]
    return {"/".join(row[:-1]): row[-1] for row in MODELS[kind]._default_manager.values_list(*names, "pk")}


def _records(kind: str) -> Iterable[Model]:
    ones = [field.name for field in fields_of(kind, "one")]
    many = [field.name for field in fields_of(kind, "many")]
    records = MODELS[kind]._default_manager.order_by("pk").prefetch_related(*many)
    return records.select_related(*ones) if ones else records


def _content(kind: str, record: Model) -> Content:
    return {field.name: _value(getattr(record, field.name), field) for field in KINDS[kind].fields}


def _value(value: Any, field: Field) -> Any:
    if field.type == "many":
        return sorted(row.slug for row in value.all())
    if field.type == "one":
        return value.slug if value else None
    return value.isoformat() if isinstance(value, date) else value


def add(kind: str, contents: list[Content], ids: Ids) -> None:
    """Write new rows and put their keys into `ids`. Raises IntegrityError when one does not fit."""
    model = MODELS[kind]
    model._default_manager.bulk_create(model(**_columns(kind, content, ids)) for content in contents)
    ids[kind] = read_ids(kind)
    for field in fields_of(kind, "many"):
        _link(kind, field, contents, ids)


def _link(kind: str, field: Field, contents: list[Content], ids: Ids) -> None:
    relation: Any = MODELS[kind]._meta.get_field(field.name)
    here, there = f"{relation.m2m_field_name()}_id", f"{relation.m2m_reverse_field_name()}_id"
    through, identify = relation.remote_field.through, KINDS[kind].identify
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
