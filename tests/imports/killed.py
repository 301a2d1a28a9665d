"""
Imports of Contoso that are killed: `killed.py JOURNAL ROUNDS`. A process of its own, on the database of its variables.

Each round is a fork that imports one file after the other, each over what the one before left, until it is killed at
some moment. Then the inventory must be that of one file, whole, and its last act must say so.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from itertools import cycle
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402  Django must be set up first
from django.db import connection, transaction  # noqa: E402

from activation.catalogue import current  # noqa: E402
from planner.access import Here  # noqa: E402
from planner.imports.meaning import Amount, Meant  # noqa: E402
from planner.imports.merging import confirm  # noqa: E402
from planner.models import Act, ComputerLine, Organisation, Role  # noqa: E402

JOURNAL, ROUNDS = sys.argv[1], int(sys.argv[2])
#: Name of the file -> how many lines it makes, and of how many computers each.
FILES = {"small": (30, 3), "large": (400, 5), "other": (400, 7)}
LONGEST = 0.5  #: seconds until a round is killed


def file(name: str) -> Meant:
    lines, count = FILES[name]
    product = "windows-11-enterprise"
    return Meant(0, {}, {(f"Site {number}", product): Amount(count) for number in range(lines)})


def import_one_after_the_other() -> None:
    here = Here(Organisation.objects.get(), User.objects.get(), Role.OWNER, uuid4().hex)
    for name in cycle(FILES):
        confirm(here, f"Imported {name}", file(name), True, current(), here.estate().revision)


def killed_round() -> None:
    connection.close()
    child = os.fork()
    if not child:
        import_one_after_the_other()
    time.sleep(random.uniform(0.05, LONGEST))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def torn() -> bool:
    """Whether the inventory is another one than that of the file which the last act names. Both are read at one moment:
    a server may end the last transaction of a client that is dead by then."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        last = Act.objects.filter(what__startswith="Imported").order_by("-pk").first()
        there = Counter(ComputerLine.objects.values_list("count", flat=True))
    if last is None:
        return bool(there)
    lines, count = FILES[last.what.removeprefix("Imported ")]
    return there != Counter({count: lines})


def whole() -> bool:
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        found = cursor.fetchone()
        cursor.execute("PRAGMA journal_mode")
        return found == ("ok",) and cursor.fetchone() == (JOURNAL,)


def main() -> None:
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] = options["init_command"].replace("journal_mode=WAL", f"journal_mode={JOURNAL}")
    bad = 0
    for _ in range(ROUNDS):
        killed_round()
        bad += torn()
    imports = Act.objects.filter(what__startswith="Imported").count()
    print(f"{bad} torn, whole: {whole()}, imports: {'some' if imports else 'none'}")


if __name__ == "__main__":
    main()
