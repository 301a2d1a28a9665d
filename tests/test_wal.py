"""SQLite's write-ahead log, in a process of its own: the tests' database has none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import run
from bench.site import environment
from tests.site_data import manage

#: Requests that write 100 MB in all, while two others read without a pause, always one of them.
WRITE = """
import json, threading, django
django.setup()
from pathlib import Path
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from planner.sqlite import written_back

def done(sql, *given):
    with connection.cursor() as cursor:
        return cursor.execute(sql, given).fetchall()

def read():
    while not ended.is_set():
        done("SELECT count(*) FROM texts AS one, texts AS other, texts AS third")
    connection.close()

def write(request):
    done("UPDATE texts SET content = randomblob(1000000) WHERE id = %s", request.POST["row"])
    return HttpResponse()

done("CREATE TABLE texts (id INTEGER PRIMARY KEY, content BLOB)")
for _ in range(20):
    done("INSERT INTO texts (content) VALUES (zeroblob(10))")
ended, log = threading.Event(), Path(f"{settings.SQLITE_FILE}-wal")
readers = [threading.Thread(target=read) for _ in range(2)]
for reader in readers:
    reader.start()
respond, longest = written_back(write), 0
for number in range(100):
    respond(RequestFactory().post("/", {"row": number % 20 + 1}))
    longest = max(longest, log.stat().st_size)
wait = done("PRAGMA busy_timeout")[0][0]
ended.set()
for reader in readers:
    reader.join()
print(json.dumps({"longest": longest, "wait": wait, "check": done("PRAGMA integrity_check")[0][0]}))
"""


def test_the_log_stays_below_64_megabytes_while_others_read_without_a_pause(tmp_path: Path) -> None:
    site = environment(tmp_path)
    manage(site, "migrate", "--verbosity=0").check_returncode()
    done = subprocess.run([sys.executable, "-c", WRITE], cwd=run.ROOT, env=site, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert 1_000_000 < told.pop("longest") < 64 * 2**20
    assert told == {"wait": 20_000, "check": "ok"}
