"""What every page knows: the network's name, and how far the demo has got."""

from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

STREET_FILLS = "street-fills"


def network(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 (Django's shape)
    """Give templates the network's name, and how far the demo's history is if they ask."""
    return {
        "network_name": settings.NETWORK_NAME,
        "is_demo": settings.DEMO,
        "street_fills": partial(cache.get, STREET_FILLS),
    }
