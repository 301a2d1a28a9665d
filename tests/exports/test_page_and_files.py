"""The page of a plan and its files: the same figures in each, cell by cell."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pypdf
import pytest
from django.http import FileResponse, HttpResponse
from django.test import Client

from activation.catalogue import shipped
from planner.examples import examples
from planner.forms.loading import typed_from
from planner.wording import METHODS, WORKSHEET_ROWS, group_name, key_name, product_name
from tests.plan_page.pages import DAY
from tests.plan_page.reader import Reader

pytestmark = pytest.mark.django_db

CATALOGUE = shipped()
FIELDS = typed_from(next(each for each in examples() if each.slug == "branch-and-plant").estate) | {"day": DAY}
#: MAKs: product group, computers, activations, left, to request. Counts: KMS hosts in, key, hosts, count.
#: Worksheet: row, computers. Lines: computers, product, network, method, key.
Rows = list[tuple[str, ...]]
Figures = dict[str, Rows]
Tables = dict[str, list[list[str]]]


def of_page(client: Client) -> Figures:
    read = Reader(client.get("/", FIELDS, follow=True).content.decode(), opened=True).sections
    rows = {title: [row for row in below if isinstance(row, tuple)] for title, below in read.items()}
    lines = [text for text in read["Computers by method"] if isinstance(text, str)]
    counts = rows["Counts on the KMS hosts"][1:]
    return {
        "maks": [row for row in rows["MAKs"][1:] if len(row) == 5],
        "counts": [(pool.split(" with ")[0], *rest) for pool, *rest in (row[:4] for row in counts)],
        "worksheet": [row for row in rows["Worksheet"] if not row[0].startswith("Sum")],
        "lines": [line for line in map(line_read, lines[lines.index("Every line with its reasons") + 1 :]) if line],
    }


def line_read(text: str) -> tuple[str, ...] | None:
    found = re.match(r"(\d+) (.+?), (.+?): (.+?), (.+?)(?: support end.*)?$", text)
    return found.groups() if found and found[4] in METHODS.values() else None


def of_tables(tables: Tables) -> Figures:
    found = {title: [tuple(row) for row in rows[1:]] for title, rows in tables.items()}
    return {
        "maks": [(row[0], row[2], *row[4:7]) for row in found["MAKs"]],
        "counts": [(row[0], row[2], row[4], row[7]) for row in found["KMS hosts"]],
        "worksheet": [row[:2] for row in found["Worksheet"] if row[0] not in ("In total", "Remaining")],
        "lines": [(row[3], row[1], row[0], row[4], row[5]) for row in found["Computers"]],
    }


def of_workbook(data: bytes) -> Figures:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return of_tables(
        {each.title: [["" if c is None else str(c) for c in row] for row in each.values if row[0]] for each in book}
    )


NAMES = {"maks": "MAKs", "kms-hosts": "KMS hosts", "worksheet": "Worksheet", "computers": "Computers"}


def of_archive(data: bytes) -> Figures:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return of_tables({title: table(file.read(f"{name}.csv")) for name, title in NAMES.items()})


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def of_markdown(data: bytes) -> Figures:
    parts = dict(part.split("\n", 1) for part in data.decode().split("\n## ")[1:])
    return of_tables({title: markdown_table(text) for title, text in parts.items()})


def markdown_table(text: str) -> list[list[str]]:
    lines = [line[2:-2].replace("\\", "").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [lines[0], *lines[2:]] if lines else [[]]


def of_csv(data: bytes) -> Figures:
    rows = table(data)
    maks = [row for row in rows if row[0] == "MAK"]
    return {
        "maks": [(group_of(row[3]), *mak_numbers(row)) for row in maks],
        "counts": [(row[1], row[2], hosts(rows, row), row[4]) for row in rows if row[0] == "KMS count"],
        "worksheet": [
            (row[2], row[4])
            for row in rows
            if row[0] == "Worksheet" and row[4] != "0" and row[3] not in ("total", "remaining")
        ],
        "lines": [(row[4], row[2], row[1], row[5], row[6]) for row in rows if row[0] == "Computers"],
    }


def group_of(mak: str) -> str:
    return group_name(mak.removeprefix("mak-"), CATALOGUE)


def mak_numbers(row: list[str]) -> tuple[str, ...]:
    computers, left = re.match(r"(\d+) computers, \d+ in reserve, (\d+) left", row[5]).groups()
    return computers, row[4], left, row[6].removeprefix("Request ")


def hosts(rows: list[list[str]], count: list[str]) -> str:
    return str(sum(1 for row in rows if row[0] == "KMS host" and row[1:3] == count[1:3]))


def of_json(data: bytes) -> Figures:
    plan = json.loads(data)
    return {
        "maks": [
            (group_name(mak["group"], CATALOGUE), *(str(mak[name]) for name in numbers))
            for numbers in [("computers", "activations", "remaining", "to_request")]
            for mak in plan["maks"]
        ],
        "counts": [
            (pool["pool"], key_name(pool["key"], CATALOGUE), str(pool["hosts"]), str(pool["counted"]))
            for pool in plan["pools"]
        ],
        "worksheet": [
            (WORKSHEET_ROWS[row], str(number))
            for row, number in plan["worksheets"]["windows"].items()
            if number and row not in ("total", "remaining")
        ],
        "lines": [
            (
                *(str(line["count"]), product_name(line["product"], CATALOGUE), line["network"]),
                *(METHODS[line["method"]], key_name(line["key"], CATALOGUE)),
            )
            for line in plan["computers"]
        ],
    }


def bytes_of(answer: HttpResponse | FileResponse) -> bytes:
    return answer.getvalue()


@pytest.mark.parametrize(
    ("kind", "of_file"),
    [("xlsx", of_workbook), ("zip", of_archive), ("md", of_markdown), ("csv", of_csv), ("json", of_json)],
)
def test_page_and_file_have_the_same_figures(client: Client, kind: str, of_file: Callable[[bytes], Figures]):
    page = of_page(client)
    assert [len(rows) for rows in page.values()] == [3, 1, 3, 7]
    assert page["maks"][0] == ("Windows 10", "4", "5", "3", "2")
    assert of_file(bytes_of(client.get(f"/plan.{kind}", FIELDS))) == page


def test_page_and_pdf_have_the_same_figures(client: Client):
    page = of_page(client)
    reader = pypdf.PdfReader(io.BytesIO(bytes_of(client.get("/plan.pdf", FIELDS))))
    text = " ".join("\n".join(each.extract_text() for each in reader.pages).split())
    for group, computers, *others in page["maks"]:
        assert re.search(rf"{group} {computers} \d+ {' '.join(others)} ", text), group
    for number, product, network, method, key in page["lines"]:
        assert f"{network} {product} {number} {method} {key}" in text
    for row, number in page["worksheet"]:
        assert f"{row} {number} " in text
    for pool, key, number, count in page["counts"]:
        assert re.search(rf"{pool} .*{key} {number} .+ \d+ {count} \d+ for clients", text)


def test_page_and_text_have_the_same_figures(client: Client):
    page = of_page(client)
    text = " ".join(bytes_of(client.get("/plan.txt", FIELDS)).decode().split())
    for group, computers, activations, left, request in page["maks"]:
        assert re.search(rf"MAK for {group}[^:]*: {activations} activations with \d+ in reserve, {left} left", text)
        assert f"; request {request}" in text
        assert f"{group} ({computers} computers)" in text
    for number, product, network, method, _ in page["lines"]:
        assert f"{network}: {number} x {product}: {method}" in text
    for row, number in page["worksheet"]:
        assert f"{row} {number} " in text
    for pool, _, number, count in page["counts"]:
        assert f"{pool}: {count} counted with {number} hosts" in text
