"""What the worker does for this room."""

from celery import shared_task

from members import actions


@shared_task
def send_letters() -> None:
    """Empty the outbox: woken after a deed, and by beat once a minute."""
    actions.send_letters()


@shared_task
def begin_policies() -> None:
    """Let decided policies begin whose day has come; beat asks every few minutes."""
    actions.begin_policies()
