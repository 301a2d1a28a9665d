"""Product keys that were typed in by mistake: found however they are spelt, and cut to their last five characters.

A key is five blocks of five of 25 letters and digits, with no vowel among them: those of all public setup keys (GVLKs)
of the catalogue. What holds only these is a key for sure, even with the end missing. What has the shape and other
letters may be a key read wrongly; when in doubt it is cut. Words are left: they hold vowels and no digits.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

#: So many of 25 characters in one piece may be none of a key's: words hold more vowels.
MISREAD = 8
#: A shorter text holds no key, not even one with its end missing.
SHORTEST = 20
_SURE = "[BCDFGHJKMNPQRTVWXY2346789]"
_ANY = "[A-Z0-9]"
#: What people and programs put between two blocks: blanks, line ends, dashes, dots, quotes and commas.
_BETWEEN = r"[\W_]{1,9}"
_CERTAIN = re.compile(
    rf"{_SURE}{{{SHORTEST},}}"
    rf"|{_SURE}{{5}}(?:(?:{_BETWEEN})?{_SURE}{{5}}){{3}}"
    rf"(?:{_SURE}{{5}}|{_BETWEEN}(?:{_ANY}{{5}}|{_SURE}{{1,4}}(?!{_ANY})))?"
)
_HYPHEN = r"[-\u2010-\u2015\u2212]"
_DOUBTFUL = re.compile(
    rf"(?:(?<!{_ANY}){_ANY}{{5}}|{_ANY}{{5}}(?={_HYPHEN}))(?:{_BETWEEN}{_ANY}{{5}}){{4}}(?:{_BETWEEN}{_ANY}{{5}}(?!{_ANY}))*"
    rf"|(?<!{_ANY}){_ANY}{{25}}(?!{_ANY})"
)
_HYPHENATED = re.compile(rf"{_ANY}{{5}}(?:{_HYPHEN}{_ANY}{{5}}){{4}}")
_CUT = re.compile(r"(\(a product key, \.\.\.[A-Z0-9]{5}\))")


def without_keys(text: str) -> str:
    """The text with each product key as `(a product key, ...KHKQY)`. What was cut before stays as it is."""
    return "".join(map(_cut, _CUT.split(text))) if len(text) >= SHORTEST else text


def key_in(text: str) -> str | None:
    """The last five characters of the first product key in a text, whole or cut before; None when it holds none."""
    found = _CUT.search(without_keys(text))
    return found[1][-6:-1] if found else None


def _cut(text: str) -> str:
    pieces, done = [], 0
    for start, end, last in _keys(text):
        pieces += [text[done:start], f"(a product key, ...{last})"]
        done = end
    return "".join([*pieces, text[done:]])


def _keys(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each key begins and ends in the text, and its last five characters, in order."""
    seen, places = _seen(text)
    for start, end in _spans(seen):
        last = re.sub(r"[\W_]", "", seen[start:end])[-5:]
        yield places[start], places[end] if end < len(places) else len(text), last


def _spans(seen: str) -> Iterator[tuple[int, int]]:
    """The certain keys, and between them the doubtful ones."""
    done = 0
    certain = (match.span() for match in _CERTAIN.finditer(seen) if re.search("[A-Z]", match[0]))
    for start, end in (*certain, (len(seen), len(seen))):
        for match in _DOUBTFUL.finditer(seen, done, start):
            if _looks_like_a_key(seen, match):
                yield match.span()
        if start < end:
            yield start, end
        done = end


def _looks_like_a_key(seen: str, match: re.Match[str]) -> bool:
    """Whether letters and digits are mixed: thoroughly in one piece and in the middle of a word, as words are not."""
    written, numbers = match[0], len(re.findall("[0-9]+", match[0]))
    if not re.search("[A-Z]", written):
        return False
    if written.isalnum():
        return numbers > 0 and len(re.sub(_SURE, "", written)) <= MISREAD
    alone = not re.match(_ANY, seen[max(match.start() - 1, 0) : match.start()] + seen[match.end() : match.end() + 1])
    return numbers > 1 or (alone and (numbers > 0 or _HYPHENATED.fullmatch(written) is not None))


def _seen(text: str) -> tuple[str, Sequence[int]]:
    """The text in plain capitals without what cannot be seen, and where each of its characters stands in `text`."""
    if text.isascii() and text.isprintable():
        return text.upper(), range(len(text))
    places = [place for place, letter in enumerate(text) if not _is_unseen(letter)]
    return "".join(_plain(text[place]) for place in places), places


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Mn"} and not letter.isspace()


def _plain(letter: str) -> str:
    """Full-width and other forms of the same letter as that letter, when it is one of A to Z or a digit."""
    plain = unicodedata.normalize("NFKC", letter)
    return plain.upper() if len(plain) == 1 and plain.isascii() else letter
