"""What the worker does for the whole house."""

from pathlib import Path

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command

from man_site import willow_street


@shared_task
def clear_sessions() -> None:
    """Forget sessions that have ended, and where they were signed in; nightly."""
    call_command("clearsessions")
    living = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=living).delete()


@shared_task
def fill_street() -> None:
    """Fill in the demo's history behind the first page, and tell its terminal how far it is."""
    progress = Path(settings.DEMO_DATA) / "progress.txt" if settings.DEMO_DATA else None
    for done, of in willow_street.fill_street():
        if progress and (done % 100 == 0 or done == of):
            with progress.open("a") as lines:
                lines.write(f"The street fills in: {done} of {of} deeds of help.\n")
