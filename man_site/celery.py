"""The queue: letters and nightly checks run here, outside of a page's time."""

import os
from types import TracebackType
from typing import Any

import structlog
from celery import Celery, Task
from celery.signals import task_failure

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "man_site.settings")

app = Celery("man_site")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

log = structlog.get_logger()


@task_failure.connect
def task_broke(
    sender: "Task[Any, Any]",
    exception: Exception,
    traceback: TracebackType | None,
    **_more: Any,
) -> None:
    """Log where a task broke, and not the exception's words, which may quote a member."""
    log.error(
        "task_broken",
        task=sender.name,
        fault=type(exception).__name__,
        frames=frames_of(traceback),
    )


def frames_of(traceback: TracebackType | None) -> list[str]:
    """Say the last places that a traceback names."""
    frames = []
    while traceback:
        code = traceback.tb_frame.f_code
        frames.append(f"{code.co_filename}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return frames[-12:]
