"""The order of text, the same on SQLite and PostgreSQL: the database is made for it, or a check says that it is not."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

from planner.postgresql import sorts_by_code, text_order

LANGUAGE = "planner_by_language"


@pytest.fixture
def by_language() -> Iterator[psycopg.Cursor]:
    """A database of the same server that sorts as English does."""
    here = {name: connection.get_connection_params()[name] for name in ("host", "port", "user")}
    with psycopg.connect(dbname="postgres", autocommit=True, **here) as server:
        server.execute(f"CREATE DATABASE {LANGUAGE} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
        try:
            with psycopg.connect(dbname=LANGUAGE, **here) as other, other.cursor() as cursor:
                yield cursor
        finally:
            server.execute(f"DROP DATABASE {LANGUAGE} WITH (FORCE)")


@pytest.mark.django_db
def test_a_database_that_sorts_by_the_numbers_of_letters_gets_no_warning() -> None:
    assert text_order(["default"]) == []


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_database_that_sorts_by_a_language_is_told_from_one_that_does_not(by_language: psycopg.Cursor) -> None:
    with connection.cursor() as cursor:
        assert sorts_by_code(cursor)
    assert not sorts_by_code(by_language)


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_warning_names_the_database_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.postgresql.sorts_by_code", lambda cursor: False)
    (warning,) = text_order(["default"])
    assert warning.id == "planner.W002"
    assert str(connection.settings_dict["NAME"]) in warning.msg
    assert "--locale C" in warning.hint
