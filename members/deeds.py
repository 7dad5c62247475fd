"""What makes a function a deed: one transaction, and nobody's deed is done behind their back."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from members import clock
from members.acting import Acting
from members.models import DeedForAnother, Notice
from members.notices import DONE_FOR_YOU, in_language_of, notify

P = ParamSpec("P")
T = TypeVar("T")


def deed(action: Callable[P, T]) -> Callable[P, T]:
    """Run an action in one transaction; done for somebody else, it is noted and told.

    The action takes `by=` (an `Acting`) by keyword. What it returns is what the note is
    about: a row with `get_absolute_url`, and with `recorded_at` if it knows its moment
    (so that a deed that is sent twice is noted once).
    """

    @functools.wraps(action)
    def done(*args: P.args, **words: P.kwargs) -> T:
        by = words["by"]
        assert isinstance(by, Acting), action.__name__
        with transaction.atomic():
            result = action(*args, **words)
            if by.is_for_another:
                _note(by, action.__name__, result)
        return result

    return done


def _note(by: Acting, name: str, about: object) -> None:
    """Keep who did what for whom, and tell the one whom it was done for."""
    row = about if isinstance(about, models.Model) else None
    where = getattr(row, "get_absolute_url", None)
    columns = by.recorded(getattr(row, "recorded_at", None) or clock.now())
    noted, is_new = DeedForAnother.objects.get_or_create(
        deed=name,
        about_kind=row._meta.model_name if row else "",  # noqa: SLF001 (documented)
        about_id=str(row.pk) if row else "",
        recorded_for=columns["recorded_for"],
        recorded_at=columns["recorded_at"],
        defaults={**columns, "path": where() if where else ""},
    )
    if is_new and not _was_told(noted):
        _tell(noted)


def _was_told(noted: DeedForAnother) -> bool:
    """Whether the deed itself told them of this row already."""
    told = Notice.objects.filter(
        member=noted.recorded_for, path=noted.path, created_at__gte=noted.recorded_at
    )
    return bool(noted.path) and told.exists()


def _tell(noted: DeedForAnother) -> None:
    with in_language_of(noted.recorded_for):
        words = {"who": noted.recorded_by, "how": noted.get_channel_display()}
        notify(
            noted.recorded_for,
            kind=DONE_FOR_YOU,
            subject=_("Something was done for you"),
            headline=_("%(who)s did something for you, %(how)s") % words,
            template="members/notices/done_for_you.txt",
            context={"noted": noted, **words},
            about=noted,
            at=noted.recorded_at,
        )
