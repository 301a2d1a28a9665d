#!/usr/bin/env python
"""Django's command line. Outside the virtual environment use: python3 run.py manage ..."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except ImportError:
    sys.exit("Django is not installed for this Python. Use: python3 run.py manage ...")

from django.db import DatabaseError

from activation.outages import outage
from planner.start import CannotStartError, check_database


def main() -> None:
    """Run the command. What is wrong with the database is said in words."""
    try:
        execute_from_command_line(sys.argv)
    except DatabaseError as fault:
        if outage(fault) not in ("silent", "damaged"):
            raise
        try:
            check_database()
        except CannotStartError as error:
            sys.exit(str(error))
        raise


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")
    main()
