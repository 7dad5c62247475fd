"""What the worker does for the whole house."""

from pathlib import Path

from celery import shared_task
from django.conf import settings
from django.core.cache import cache

from man_site import willow_street
from man_site.context import STREET_FILLS


@shared_task
def fill_street() -> None:
    """Fill in the demo's history behind the first page.

    The pages say how far it is, and so does the terminal in which the demo runs.
    """
    progress = Path(settings.DEMO_DATA) / "progress.txt"
    for done, of in willow_street.fill_street():
        cache.set(STREET_FILLS, {"done": done, "of": of}, timeout=60)
        if settings.DEMO_DATA and (done % 100 == 0 or done == of):
            with progress.open("a") as lines:
                lines.write(f"The street fills in: {done} of {of} deeds of help.\n")
    cache.delete(STREET_FILLS)
