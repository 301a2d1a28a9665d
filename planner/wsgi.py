"""What the web server calls."""

import contextlib
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connection

from planner.start import CannotStartError, check_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")

application = get_wsgi_application()

try:
    check_database()
except CannotStartError as error:
    sys.exit(str(error))

# A connection that is held as long as the process serves: `restore` and `movesqlite` tell by it that the site runs.
# SQLite has a lock on the file only once something was read.
with contextlib.suppress(DatabaseError):
    connection.introspection.table_names()
