"""What stands before a page: proofs, and limits on trying."""

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from members.models import Member


def sure(client, acting_for: Member | None = None) -> None:
    """Let somebody who is signed in prove that it is they, as before a sensitive page."""
    words = {"password": "a-willow-by-the-river"}
    words |= {"acting_for": acting_for.pk} if acting_for else {}
    assert client.post(reverse("members:sure"), words).status_code == 302


def forget_tries() -> None:
    """Let nothing count that was tried before: the limits stand in the shared cache."""
    shared = cache._cache.get_client(write=True)
    prefix = settings.CACHES["default"]["KEY_PREFIX"]
    for name in shared.scan_iter(match=f"{prefix}:*:rl:*"):
        shared.delete(name)
