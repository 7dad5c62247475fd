"""What the books do at night."""

import structlog
from celery import shared_task
from django.utils import timezone

from ledger import actions

log = structlog.get_logger()


@shared_task
def check_books() -> None:
    """Prove that the books balance, for the public page. A fault is shouted in the log."""
    check = actions.check_books(at=timezone.now())
    if check.is_sound:
        log.info("books_are_sound", transfers=check.transfers)
    else:
        log.critical("books_do_not_balance", faults=check.faults)
