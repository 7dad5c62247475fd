"""`manage.py check_books`: prove that the books balance."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ledger import actions


class Command(BaseCommand):
    """Ask every rule of every row, keep what was found, and fail if one is broken."""

    help = "Prove that the books balance. Ends with an error if they don't."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say what was read, and what is wrong."""
        check = actions.check_books(at=timezone.now())
        self.stdout.write(
            f"Read {check.transfers:,} transfers of {check.accounts:,} accounts."
        )
        if not check.is_sound:
            raise CommandError(
                "\n".join(
                    f"{count} × not so: {rule}" for rule, count in check.faults_in_words
                )
            )
        self.stdout.write(
            "Every unit sums to zero, and every line follows from the one before."
        )
