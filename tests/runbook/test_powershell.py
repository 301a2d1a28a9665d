"""Text in PowerShell stays text, whatever it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.runbook.powershell import argument, ask_secret, plain, quoted
from tests.runbook.parser import literals, nodes, parsed

HOSTILE = [
    "'; Remove-Item C:\\ -Recurse #",
    "$(calc)",
    "`$(calc)`",
    '"; calc; "',
    "\u2018; calc; \u2019",
    "\u201a\u201b calc",
    "\u201c$(calc)\u201d",
    "\u201ecalc",
    "'@\u2018@",
    "<# #> calc",
    "#> calc <#",
    "\ufeffcalc",
    "\u202egnp.calc",
    "{ calc } | iex",
    "''''",
    "'",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_literal_is_one_command_that_says_the_text(text: str) -> None:
    script = quoted(text)
    tree = parsed(script)
    assert not tree.has_error
    assert literals(script) == [text]
    assert len(list(nodes(tree, "pipeline"))) == 1
    assert not list(nodes(tree, "command"))


@pytest.mark.parametrize("letter", ["\n", "\r", "\x00", "\x85", "\u2028", "\u2029", "\t", "\ud800"])
def test_a_literal_refuses_what_could_end_its_line(letter: str) -> None:
    with pytest.raises(ValueError, match="one line"):
        quoted(f"Contoso{letter}calc")
    assert quoted(plain(f"Contoso{letter}calc")) == "'Contoso calc'"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"])))
def test_every_text_of_one_line_is_read_back_as_it_was(text: str) -> None:
    script = f"$a = {quoted(text)}\n$b = 'end'\n"
    assert not parsed(script).has_error
    assert literals(script) == [text, "end"]


def test_the_parser_of_the_tests_sees_a_quote_that_is_not_doubled() -> None:
    assert literals("$a = 'it\u2019s'\n$b = 'end'\n") != ["it\u2019s", "end"]


@pytest.mark.parametrize(
    ("text", "written"),
    [("98EBFE73-2084-4C97-932C-C0CD1643BEA7", "98EBFE73-2084-4C97-932C-C0CD1643BEA7"), ("a; calc", "'a; calc'")],
)
def test_an_argument_is_bare_only_when_nothing_in_it_can_be_more_than_a_word(text: str, written: str) -> None:
    assert argument(text) == written


def test_a_secret_is_asked_for_without_showing_it() -> None:
    script = ask_secret("MAK for Windows 7")
    assert "Read-Host -Prompt 'MAK for Windows 7' -AsSecureString" in script
    assert not parsed(script).has_error
