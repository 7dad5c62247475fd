"""What the worker does for the whole house."""

from celery import shared_task
from django.core.cache import cache

from man_site import willow_street
from man_site.context import STREET_FILLS


@shared_task
def fill_street() -> None:
    """Fill in the demo's history behind the first page; the pages say how far it is."""
    for done, of in willow_street.fill_street():
        cache.set(STREET_FILLS, {"done": done, "of": of}, timeout=60)
    cache.delete(STREET_FILLS)
