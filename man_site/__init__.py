"""The roof: settings, addresses, the wiring between rooms, home and public pages.

Nothing below imports from here. What happens between two rooms stands in `wiring.py`.
"""

from man_site.celery import app as celery_app

__all__ = ["celery_app"]
