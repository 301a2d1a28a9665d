"""PowerShell, parsed by tree-sitter's grammar: PowerShell itself runs in no test.

The grammar knows only the straight quotes, while PowerShell's own tokenizer takes the curly and low ones for quotes
too. So they are made straight before parsing, letter by letter: what PowerShell would end at one of them ends here as
well.
"""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_powershell
from tree_sitter import Language, Node, Parser

PARSER = Parser(Language(tree_sitter_powershell.language()))
SINGLE, DOUBLE = "\u2018\u2019\u201a\u201b", "\u201c\u201d\u201e"
STRAIGHT = str.maketrans(dict.fromkeys(SINGLE, "'") | dict.fromkeys(DOUBLE, '"'))


def parsed(script: str) -> Node:
    """The tree of a script, its mark left out."""
    return PARSER.parse(script.removeprefix("\ufeff").translate(STRAIGHT).encode()).root_node


def nodes(node: Node, kind: str) -> Iterator[Node]:
    """All nodes of a kind, in the order of the script."""
    if node.type == kind:
        yield node
    for child in node.children:
        yield from nodes(child, kind)


def shape(script: str) -> str:
    """The tree without its texts: two scripts with the same shape do the same with other words."""
    return str(parsed(script))


def literals(script: str) -> list[str]:
    """What PowerShell reads from the single-quoted literals of a script, in their order."""
    text = script.removeprefix("\ufeff")
    straight = text.translate(STRAIGHT).encode()
    return [_read(text, straight, node) for node in nodes(parsed(script), "verbatim_string_characters")]


def _read(text: str, straight: bytes, node: Node) -> str:
    """The letters as they were before the quotes were made straight; a pair of quotes is one."""
    start, end = (len(straight[:at].decode()) for at in (node.start_byte, node.end_byte))
    inner, found, at = text[start + 1 : end - 1], "", 0
    while at < len(inner):
        found += inner[at]
        at += 2 if inner[at] in "'" + SINGLE else 1
    return found
