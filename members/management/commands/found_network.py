"""`manage.py found_network`: begin, with the first coordinator."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from members.actions import found_network


class Command(BaseCommand):
    """Make the first member, who is coordinator. Works once."""

    help = "Found the network: make the first member, who is coordinator. Works once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who it is; the password is asked for, or read from standard input."""
        parser.add_argument("--name", required=True)
        parser.add_argument("--email", required=True)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Found it, or say why not."""
        password = getpass("Password: ")
        try:
            validate_password(password)
            founder = found_network(
                name=options["name"], email=options["email"], password=password
            )
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        self.stdout.write(
            f"Welcome, {founder}. Your member number is {founder.number}."
        )
