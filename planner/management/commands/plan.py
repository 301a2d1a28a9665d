"""`manage.py plan`: from estates to activation plans."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import Error as DatabaseError
from django.utils import timezone

from activation.catalogue import current
from activation.rules.catalogue import Catalogue
from activation.rules.interchange import EstateError, EstateErrors, estate_of_file
from activation.rules.recommend import recommend
from planner.exports.export import unwatched
from planner.exports.rendering import ALONE, FORMATS, Result, rendered
from planner.files import STANDARD_INPUT, FileUseError, file_name, read_file, write_file
from planner.progress import watched

Watching = Callable[[Sequence[Any]], Iterable[Any]]

FAILED = 2
NO_CATALOGUE = "There is no catalogue yet. Run: python manage.py migrate, then: python manage.py loadcatalogue"


class Command(BaseCommand):
    """Exit status 0 with plans; 2 with errors, which go to standard error, one a line, `PATH: MESSAGE`.

    On a terminal, work of more than a second tells there how far it is.
    """

    help = "Print the activation plan of one or more estates."
    requires_system_checks: Sequence[str] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """ESTATE..., --format, --output, --explain."""
        parser.add_argument("estates", nargs="+", metavar="ESTATE", help="a JSON or CSV file, or - for standard input")
        parser.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="what to print (text)")
        parser.add_argument("--output", metavar="FILE", help="write to this file instead of standard output")
        parser.add_argument("--explain", action="store_true", help="with text: add the reasons and their sources")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan each estate and print; sys.exit(2) when one has errors."""
        estates, several = options["estates"], len(options["estates"]) > 1
        if estates.count(STANDARD_INPUT) > 1:
            self._give_up("Enter - once: standard input can be read only once.")
        if several and options["format"] in ALONE:
            self._give_up(f"Name one estate: {options['format']} holds one plan.")
        catalogue = self._catalogue()
        quiet = not self._has_a_line_to_write_over(options["output"])
        results = Results(estates, catalogue, unwatched if quiet else partial(self._watched, what="Estates"))
        told = results if several and options["format"] == "json" else self._telling(results, several)
        lines = unwatched if quiet else partial(self._watched, what="Lines of computers")
        pieces = rendered(told, options["format"], several, catalogue, options["explain"], lines)
        if options["output"] is None:
            self._print(pieces, "utf-8" if options["format"] != "text" else self._terminal())
        else:
            self._write(pieces, options["output"])
        if results.failed:
            sys.exit(FAILED)

    def _has_a_line_to_write_over(self, output: str | None) -> bool:
        """Whether somebody looks at standard error, and the plan goes elsewhere."""
        return self.stderr.isatty() and (output is not None or not self.stdout.isatty())

    def _watched(self, items: Sequence[Any], what: str) -> Iterator[Any]:
        return watched(items, what, self._say)

    def _say(self, words: str) -> None:
        self.stderr.write(words, style_func=str, ending="")
        self.stderr.flush()

    def _catalogue(self) -> Catalogue:
        try:
            catalogue = current()
        except DatabaseError:
            self._give_up(NO_CATALOGUE)
        if not catalogue.products:
            self._give_up(NO_CATALOGUE)
        return catalogue

    def _telling(self, results: Iterable[Result], several: bool) -> Iterator[Result]:
        """The results, with their errors said on standard error as they come."""
        for result in results:
            for error in result.errors:
                self._tell(f"{result.name + ': ' if several else ''}{error.path}: {error.message}")
            yield result

    def _write(self, pieces: Iterator[str | bytes], output: str) -> None:
        data = b"".join(as_bytes(piece, "utf-8") for piece in pieces)
        if not data:
            return
        try:
            write_file(output, data)
        except FileUseError as problem:
            self._give_up(str(problem))

    def _print(self, pieces: Iterator[str | bytes], encoding: str) -> None:
        """Bytes where standard output takes them, so that no terminal's encoding can stop a plan."""
        if sys.stdout is None:
            self._give_up("Standard output is closed. Name a file with --output.")
        binary = getattr(self.stdout, "buffer", None)
        try:
            for piece in pieces:
                if binary is not None:
                    binary.write(as_bytes(piece, encoding))
                elif isinstance(piece, str):
                    self.stdout.write(piece, ending="")
                else:
                    self._give_up("Standard output takes only text here. Name a file with --output.")
            self.stdout.flush()
        except BrokenPipeError:  # the reader, `head` for example, has seen enough
            self._print_no_more()
        except OSError as error:
            self._print_no_more()
            self._give_up(f"Standard output cannot be written: {error.strerror}. Name a file with --output.")

    def _print_no_more(self) -> None:
        """Let what is still waiting to be printed go nowhere, so that nothing fails when Python ends."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _terminal(self) -> str:
        return getattr(self.stdout, "encoding", None) or "utf-8"

    def _tell(self, message: str) -> None:
        if sys.stderr is not None:  # it may be closed; the exit status still says that something is wrong
            self.stderr.write(message)

    def _give_up(self, message: str) -> NoReturn:
        self._tell(message)
        sys.exit(FAILED)


def as_bytes(piece: str | bytes, encoding: str) -> bytes:
    """What the encoding lacks is written with backslashes."""
    return piece if isinstance(piece, bytes) else piece.encode(encoding, "backslashreplace")


class Results:
    """The results of the estates, one after the other; `failed` when one had errors so far."""

    def __init__(self, names: Sequence[str], catalogue: Catalogue, watching: Watching) -> None:
        self.names, self.catalogue, self.watching = names, catalogue, watching
        self.failed = False
        self.today = timezone.localdate().isoformat()

    def __iter__(self) -> Iterator[Result]:
        for name in self.watching(self.names):
            result = self._result(name)
            self.failed = self.failed or bool(result.errors)
            yield result

    def _result(self, name: str) -> Result:
        try:
            data = read_file(name)
            estate = estate_of_file(data, self.catalogue, self.today, json_only=name.lower().endswith(".json"))
        except FileUseError as problem:
            return Result(file_name(name), None, (EstateError("$", str(problem)),))
        except EstateErrors as error:
            return Result(file_name(name), None, error.errors)
        in_use = [(key.key, key.used) for key in estate.keys]
        return Result(file_name(name), recommend(estate, self.catalogue), in_use=in_use)
