"""The queue: letters and nightly checks run here, outside of a page's time."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "man_site.settings")

app = Celery("man_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
