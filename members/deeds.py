"""What makes a function a deed: one transaction, and nobody's deed is done behind their back."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, overload

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from members import clock
from members.acting import Acting
from members.links import LINKS, link_for
from members.models import DEEDS, DeedForAnother, Notice
from members.notices import DONE_FOR_YOU, in_language_of, notify

P = ParamSpec("P")
T = TypeVar("T")


@overload
def deed(action: Callable[P, T], /) -> Callable[P, T]:
    """A deed that is told by its name."""


@overload
def deed(*, words: Promise) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A deed that is told in words of its own."""


def deed(
    action: Callable[P, T] | None = None, /, *, words: Promise | None = None
) -> Callable[P, T] | Callable[[Callable[P, T]], Callable[P, T]]:
    """Run an action in one transaction; done for somebody else, it is noted and told.

    The action takes `by=` (an `Acting`) by keyword. What it returns is what the note is
    about: a row with `get_absolute_url`, and with `recorded_at` if it knows its moment
    (so that a deed that is sent twice is noted once). `words` say what was done, behind
    the name of whoever did it: "recorded hours". They are read by both, so no "you".
    """
    if action is None:
        return lambda action: _deed(action, words)
    return _deed(action, words)


def _deed(action: Callable[P, T], words: Promise | None) -> Callable[P, T]:
    DEEDS[action.__name__] = words

    @functools.wraps(action)
    def done(*args: P.args, **given: P.kwargs) -> T:
        by = given["by"]
        assert isinstance(by, Acting), action.__name__
        with transaction.atomic():
            result = action(*args, **given)
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
        words = {
            "who": noted.recorded_by,
            "how": noted.get_channel_display(),
            "what": noted.in_words,
        }
        notify(
            noted.recorded_for,
            kind=DONE_FOR_YOU,
            subject=_("Something was done for you"),
            headline=_("%(who)s did this for you, %(how)s: %(what)s") % words,
            template="members/notices/done_for_you.txt",
            context={"noted": noted, **words},
            about=noted,
            at=noted.recorded_at,
            link=_link_to_contest(noted),
        )


def _link_to_contest(noted: DeedForAnother) -> str:
    """Where the letter leads: to say with one press that it is not right."""
    reader, contest = noted.recorded_for, LINKS.get("contest_deed")
    return link_for(reader, contest, noted.pk) if contest and reader.email else ""
