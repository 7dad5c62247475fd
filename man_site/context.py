"""What every page knows: the network's name, and how far the demo has got."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

STREET_FILLS = "street-fills"


def network(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 (Django's shape)
    """Give templates the network's name; in the demo, the progress of its history too."""
    return {
        "network_name": settings.NETWORK_NAME,
        "is_demo": settings.DEMO,
        "street_fills": cache.get(STREET_FILLS) if settings.DEMO else None,
    }
