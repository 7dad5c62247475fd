"""Messages: words that the network passes on, so that nobody needs another's address."""

from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import Block, Member, Message
from members.notices import Kind, declare, in_language_of, notify
from members.plain_text import check_lines
from members.policies import in_force
from members.policies.people import MESSAGES_A_DAY
from members.refusals import beside, left

MESSAGE_RECEIVED = declare(
    Kind("message_received", gettext_lazy("A neighbour writes to me"))
)
LONGEST = 2000


@deed(words=gettext_lazy("sent a message"))
def send_message(*, by: Acting, receiver: Member, words: str, key: UUID) -> Message:
    """Pass words on to another member, who reads and answers them here.

    The same key with the same words answers with the same message: no second row, no
    second letter.
    """
    if not permissions.may_send_message(by):
        raise PermissionDenied
    words = _checked(words)
    if receiver == by.for_member:
        raise ValidationError(
            _("This would go to yourself. Choose a neighbour."), code="to_oneself"
        )
    now = clock.now()
    both = Member.objects.filter(pk__in=[by.for_member.pk, receiver.pk])
    receiver = both.all_held()[receiver.pk]
    if before := Message.objects.filter(key=key).first():
        return _as_sent_before(before, by, receiver, words)
    _check_reach(by, receiver)
    _check_pace(by.for_member, now)
    try:
        with transaction.atomic():
            message = Message.objects.create(
                key=key,
                sender=by.for_member,
                receiver=receiver,
                words=words,
                **by.recorded(now),
            )
    except IntegrityError:
        raise _key_reused() from None
    _tell(message)
    return message


def _as_sent_before(
    before: Message, by: Acting, receiver: Member, words: str
) -> Message:
    """Answer a form that was sent before."""
    if (before.sender, before.receiver, before.words) != (
        by.for_member,
        receiver,
        words,
    ):
        raise _key_reused()
    return before


def _key_reused() -> ValidationError:
    return ValidationError(
        _("This form was sent before with other words. Open the page again."),
        code="key_reused",
    )


def _checked(words: str) -> str:
    """Take words that people can read, in as many lines as they like."""
    words = words.strip()
    if len(words) > LONGEST:
        raise beside(
            "words", _("That is too long. Send it in two parts."), "max_length"
        )
    if not words:
        raise beside("words", _("Write some words first."), "required")
    try:
        check_lines(words)
    except ValidationError as refusal:
        raise ValidationError({"words": refusal}) from None
    return "\n".join(words.splitlines())


def _check_reach(by: Acting, receiver: Member) -> None:
    """Somebody who is here, and is not hidden from who writes. Why is nobody's business."""
    if receiver.left_at:
        raise left(
            receiver,
            _("%(name)s has left the network and can't be reached here any more."),
        )
    sides = {by.for_member.pk, by.member.pk}
    found = Block.objects.filter(
        Q(member=receiver, blocked__in=sides)
        | Q(member=by.for_member, blocked=receiver)
    )
    for block in found:
        if block.member_id == by.for_member.pk:
            raise ValidationError(
                _(
                    "You blocked %(name)s. Lift that first if you want to write to them."
                ),
                code="you_blocked_them",
                params={"name": receiver},
            )
        writer = by.for_member if block.blocked_id == by.for_member.pk else by.member
        if not writer.is_coordinator:
            raise ValidationError(
                _("They can't be reached by you. A coordinator can help."),
                code="not_reached",
            )


def _check_pace(sender: Member, now: datetime) -> None:
    most = in_force()[MESSAGES_A_DAY]
    sent = Message.objects.filter(
        sender=sender, recorded_at__gt=now - timedelta(days=1)
    )
    if sent.count() >= most:
        raise ValidationError(
            _(
                "You have sent %(most)s messages within a day, which is as many as the "
                "network passes on. Write again tomorrow, or ask a coordinator."
            ),
            code="too_many_messages",
            params={"most": most},
        )


def _tell(message: Message) -> None:
    """Say that somebody wrote. The words stay here: a letter may lie about open."""
    with in_language_of(message.receiver):
        notify(
            message.receiver,
            kind=MESSAGE_RECEIVED,
            subject=_("A neighbour wrote to you"),
            headline=_("%(who)s wrote to you") % {"who": message.sender},
            template="members/notices/message_received.txt",
            context={"message": message},
            about=message,
            at=message.recorded_at,
        )
