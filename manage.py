#!/usr/bin/env python
"""Django's command line. Outside the virtual environment use: python3 run.py manage ..."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except ImportError:
    sys.exit("Django is not installed for this Python. Use: python3 run.py manage ...")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "planner.settings")
    execute_from_command_line(sys.argv)
