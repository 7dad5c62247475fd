"""What every page knows: the network's name, and whether this is the demo."""

from django.conf import settings
from django.http import HttpRequest


def network(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001 (Django's shape)
    """Give templates the network's name."""
    return {"network_name": settings.NETWORK_NAME, "is_demo": settings.DEMO}
