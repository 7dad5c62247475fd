#!/usr/bin/env python
"""Django's commands, e.g. `python manage.py check_books`. Without DATABASE_URL they use the demo network."""

import os
import sys

from django.core.management import execute_from_command_line

from man_site.embedded.commands import servers_for_a_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "man_site.settings")
    with servers_for_a_command():
        execute_from_command_line(sys.argv)
