"""What the worker does for this room."""

from celery import shared_task

from members import actions


@shared_task
def send_letters() -> None:
    """Empty the outbox: woken after a deed, and by beat once a minute."""
    actions.send_letters()


@shared_task
def send_digests() -> None:
    """Write the collected letters whose hour has come; beat asks every ten minutes."""
    actions.send_digests()


@shared_task
def forget_letters() -> None:
    """Delete what is older than the network keeps letters and notices; nightly."""
    actions.forget_letters()


@shared_task
def forget_applications() -> None:
    """Blank what people wrote who did not join, once it is old; nightly."""
    actions.forget_applications()


@shared_task
def forget_former_contacts() -> None:
    """Delete how those could be reached who left long ago; nightly."""
    actions.forget_former_contacts()


@shared_task
def begin_policies() -> None:
    """Let decided policies begin whose day has come; beat asks every few minutes."""
    actions.begin_policies()


@shared_task
def warn_of_expiry() -> None:
    """Tell those whose credentials run out soon; beat asks every hour."""
    actions.warn_of_expiry()


@shared_task
def ask_whether_back() -> None:
    """Ask those whose leave has come to its day; beat asks every hour."""
    actions.ask_whether_back()
