"""How often somebody may knock within an hour: counted in the shared cache, for nobody to keep."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from members import clock

HOUR = 60 * 60


def is_too_often(what: str, *, who: str, most: int) -> bool:
    """Count one more knock of this hour, and say whether it is more than there may be.

    `who` is an address of the network, say; it is kept as a hash, and for an hour.
    """
    hour = int(clock.now().timestamp()) // HOUR
    kept_as = salted_hmac("members.limits", f"{what} {who}").hexdigest()
    key = f"knocks:{hour}:{kept_as}"
    cache.add(key, 0, timeout=2 * HOUR)
    return cache.incr(key) > most
