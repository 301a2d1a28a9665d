"""What people read inside an organisation and of accounts: plain words, on each page and in each answer to a form."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings

from tests.walls.addresses import ANYBODY, SIGNED_IN, door_of
from tests.walls.conftest import Address, Walled
from tests.walls.test_walls import ALL, INSIDE, ask, every, path_of

FORBIDDEN = re.compile(r"\b(valid|invalid|please|sorry|oops|N/A|error occurred)\b", re.IGNORECASE)
ACCOUNTS = [address for address in ALL if address.route.startswith(("account/", "keep/"))]


def words_of(body: bytes) -> str:
    """What a page says: its text, and the texts of attributes that are read aloud."""
    html = re.sub(r"<(script|style)\b.*?</\1>", " ", body.decode(), flags=re.DOTALL)
    aloud = re.findall(r'(?:aria-label|title|placeholder|alt|data-[a-z]+)="([^"]*)"', html)
    return unescape(" ".join([re.sub(r"<[^>]+>", " ", html), *aloud]))


@every([*INSIDE, *ACCOUNTS])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_blames_nobody(address: Address, method: str, walled: Walled) -> None:
    door = door_of(address.name)
    who = "anonymous" if ANYBODY in (door.reads, door.writes) else "owner"
    for each in (who, "viewer" if door.reads != SIGNED_IN else who):
        _, body = ask(walled, each, method, path_of(address, walled))
        if body.lstrip().startswith(b"<"):
            words = words_of(body)
            assert len(words.split()) > 5, "the page says something"
            assert FORBIDDEN.findall(words) == [], f"{each} {method} {address.route}"


def test_a_word_in_an_attribute_or_beside_markup_is_found() -> None:
    assert FORBIDDEN.findall(words_of(b'<p aria-label="Invalid">x <b>Please</b>try</p>')) == ["Please", "Invalid"]


def sentences_of(code: str) -> Iterator[str]:
    """The texts of a module that have more than one word, without its docstrings."""
    tree = ast.parse(code)
    said_to_readers = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said_to_readers:
            yield from [node.value] if " " in node.value else []


def test_no_sentence_of_the_application_has_such_a_word() -> None:
    texts = [
        text
        for file in sorted(Path(settings.ROOT, "planner").rglob("*.py"))
        for text in sentences_of(file.read_text("utf-8"))
    ]
    assert len(texts) > 500
    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_a_planted_sentence_is_found_and_a_docstring_is_none() -> None:
    code = '"""Please read."""\nproblem = f"Oops, {1} is not valid"\n'
    assert [text for text in sentences_of(code) if FORBIDDEN.search(text)] == ["Oops, ", " is not valid"]
