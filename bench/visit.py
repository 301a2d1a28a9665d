"""The bytes of a first visit: the page and everything that a browser loads for it, with headers, as sent."""

from __future__ import annotations

import gzip
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

import brotli

from bench.report import NotMeasuredError, Row
from bench.site import HOST, SITE, by_server, environment, free_port, set_up, started
from planner.examples import examples
from planner.forms.loading import typed_from

MOST_BYTES = 100_000
LOADED_LINKS = {"stylesheet", "icon", "modulepreload", "preload", "manifest"}
#: Addresses in a stylesheet, and modules that a script imports.
_IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_IN_SCRIPT = re.compile(r"""\b(?:import|from)\s*\(?\s*["']([^"']+)["']""")
_PARTS = {"text/html": "page", "text/css": "css", "text/javascript": "js", "application/javascript": "js"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One file as it came: `size` in bytes with headers, `text` without compression."""

    address: str
    size: int
    type: str
    text: str


def first_visits(quick: bool, data: Path) -> Iterator[Row]:
    """Of the empty page, and of a shared address with a plan."""
    largest = max((urlencode(typed_from(example.estate)) for example in examples()), key=len)
    set_up(data)
    port = free_port()
    with started(by_server(port), environment(data, SITE), port):
        for what, address in (("the empty page", "/"), ("a shared plan, the largest example", f"/?{largest}")):
            answers = visit(port, address)
            size = sum(answer.size for answer in answers)
            yield Row(
                what,
                f"{size / 1000:.1f} kB",
                f"<= {MOST_BYTES // 1000} kB",
                size <= MOST_BYTES,
                parts(answers),
            )


def parts(answers: list[Answer]) -> str:
    """The bytes by kind of file, and the number of requests."""
    sizes: dict[str, int] = {}
    for answer in answers:
        kind = _PARTS.get(answer.type, "other")
        sizes[kind] = sizes.get(kind, 0) + answer.size
    kinds = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in sizes.items())
    return f"{kinds} kB; {len(answers)} requests"


def visit(port: int, address: str) -> list[Answer]:
    """The page and, file by file, what it and its files load."""
    waiting, answers = [address], {}
    while waiting:
        address = waiting.pop(0)
        if address not in answers:
            answers[address] = fetch(port, address)
            waiting += loads(answers[address])
    return list(answers.values())


def fetch(port: int, address: str) -> Answer:
    """One request without anything in the browser's cache, over the bare connection to see every byte."""
    request = f"GET {address} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: br, gzip\r\nConnection: close\r\n\r\n"
    received = bytearray()
    with socket.create_connection((HOST, port), timeout=30) as connection:
        connection.sendall(request.encode("ascii"))
        while part := connection.recv(65536):
            received += part
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if " 200 " not in f"{status} ":
        raise NotMeasuredError(f"{address} answered {status}.")
    return Answer(address, len(received), headers["content-type"].partition(";")[0], decoded(body, headers))


def decoded(body: bytes, headers: dict[str, str]) -> str:
    """The text of an answer."""
    if headers.get("transfer-encoding") == "chunked":
        body = joined(body)
    encoding = headers.get("content-encoding", "")
    plain = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[encoding](body)
    return plain.decode("utf-8", "replace")


def joined(chunked: bytes) -> bytes:
    """The chunks without the lengths between them."""
    found = b""
    while chunked:
        length, _, rest = chunked.partition(b"\r\n")
        size = int(length.partition(b";")[0], 16)
        found, chunked = found + rest[:size], rest[size + 2 :] if size else b""
    return found


def loads(answer: Answer) -> list[str]:
    """The addresses on the same site that a browser fetches for this file."""
    found: list[str] = []
    if answer.type == "text/html":
        page = _Page()
        page.feed(answer.text)
        found = page.loads
    elif answer.type == "text/css":
        found = [a or b for a, b in _IN_CSS.findall(answer.text)]
    elif _PARTS.get(answer.type) == "js":
        found = [name for name in _IN_SCRIPT.findall(answer.text) if name.startswith((".", "/"))]
    full = (urljoin(answer.address, address) for address in found if not address.startswith(("data:", "#")))
    return [urlsplit(address)._replace(fragment="").geturl() for address in full]


class _Page(HTMLParser):
    """What a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and LOADED_LINKS.intersection(given.get("rel", "").split()):
            self.loads.append(given["href"])
        elif tag in ("script", "img", "source", "iframe", "embed") and "src" in given:
            self.loads.append(given["src"])
