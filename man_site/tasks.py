"""What the worker does for the whole house."""

from pathlib import Path

from celery import shared_task
from django.conf import settings

from man_site import willow_street


@shared_task
def fill_street() -> None:
    """Fill in the demo's history behind the first page, and tell its terminal how far it is."""
    progress = Path(settings.DEMO_DATA) / "progress.txt" if settings.DEMO_DATA else None
    for done, of in willow_street.fill_street():
        if progress and (done % 100 == 0 or done == of):
            with progress.open("a") as lines:
                lines.write(f"The street fills in: {done} of {of} deeds of help.\n")
