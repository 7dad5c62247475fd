"""What members say to deeds that were done for them, and what is answered."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.links import LinkDeed, declare_link
from members.models import DeedForAnother, Member
from members.notices import Kind, declare, in_language_of, notify
from members.refusals import beside

DEED_CONTESTED = declare(
    Kind(
        "deed_contested",
        gettext_lazy("Somebody says that what I did for them is not right"),
    )
)
CONTEST_ANSWERED = declare(
    Kind("contest_answered", gettext_lazy("A coordinator answered what was contested"))
)


@deed(words=gettext_lazy("wrote down that something is not right"))
def contest_deed(
    *, by: Acting, contested: DeedForAnother, words: str
) -> DeedForAnother:
    """Say that a thing which was done for oneself is not right. A coordinator answers."""
    if not permissions.may_contest_deed(by, deed=contested):
        raise PermissionDenied
    row = _locked(contested)
    words = words.strip()
    if row.contested_at:
        if row.contest == words:
            return row
        raise ValidationError(
            _("You have said that already. A coordinator looks at it and answers you."),
            code="contested_already",
        )
    if not words:
        raise beside("words", _("Say in a few words what is not right."), "no_words")
    row.contested_at, row.contest = clock.now(), words
    row.save(update_fields=["contested_at", "contest"])
    with in_language_of(row.recorded_by):
        headline = _("%(who)s says that something is not right which you did for them")
        notify(
            row.recorded_by,
            kind=DEED_CONTESTED,
            subject=_("Something that you did for somebody was contested"),
            headline=headline % {"who": row.recorded_for},
            template="members/notices/deed_contested.txt",
            context={"noted": row},
            about=row,
            at=row.contested_at,
        )
    return row


def _contest_from_letter(by: Acting, about: str) -> DeedForAnother:
    noted = DeedForAnother.objects.get(pk=about)
    words = _("Said from the letter, without more words.")
    return contest_deed(by=by, contested=noted, words=words)


# In the letter about a deed; `members.deeds` finds it by its name.
CONTEST = declare_link(
    LinkDeed(
        name="contest_deed",
        title=gettext_lazy("Is something not right?"),
        words=gettext_lazy(
            "Something was done in your name, and a letter told you of it. If you did not "
            "ask for it, or it is not as you said, press here: a coordinator who did not "
            "do it looks at it, and answers you. If it is right, leave it."
        ),
        action=gettext_lazy("This is not right"),
        run=_contest_from_letter,
        done=gettext_lazy(
            "A coordinator who did not do it looks at it and answers you."
        ),
    )
)


@deed(words=gettext_lazy("answered what was contested"))
def answer_contest(
    *, by: Acting, contested: DeedForAnother, answer: str
) -> DeedForAnother:
    """Answer what a member contested, as a coordinator who did not do it."""
    if not permissions.may_answer_contest(by, deed=contested):
        raise PermissionDenied
    row = _locked(contested)
    answer = answer.strip()
    if row.contested_at is None:
        raise ValidationError(_("Nobody contested this."), code="not_contested")
    if row.answered_at:
        if (row.answered_by, row.answer) == (by.member, answer):
            return row
        raise ValidationError(
            _("Another coordinator answered already. Their answer stands below."),
            code="answered_already",
        )
    if not answer:
        raise beside("answer", _("Say what you found and what was done."), "no_words")
    row.answered_at, row.answered_by, row.answer = clock.now(), by.member, answer
    row.save(update_fields=["answered_at", "answered_by", "answer"])
    for reader in (row.recorded_for, row.recorded_by):
        _tell_answer(reader, row)
    return row


def _locked(contested: DeedForAnother) -> DeedForAnother:
    return (
        DeedForAnother.objects.select_for_update(of=["self"], no_key=True)
        .with_people()
        .get(pk=contested.pk)
    )


def _tell_answer(reader: Member, row: DeedForAnother) -> None:
    assert row.answered_at is not None
    with in_language_of(reader):
        headline = _("%(who)s answered what was contested")
        notify(
            reader,
            kind=CONTEST_ANSWERED,
            subject=_("An answer to what was contested"),
            headline=headline % {"who": row.answered_by},
            template="members/notices/contest_answered.txt",
            context={"noted": row},
            about=row,
            at=row.answered_at,
        )
