"""Letters: the outbox. Each row is one e-mail, on its way, gone, or given up."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from members.models.roles import Role

if TYPE_CHECKING:
    from members.models.members import Member

# Six tries over a good two days, then people see to it.
WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=8),
    timedelta(days=2),
]
# What a server refuses for good it refuses again; asked twice all the same, for some say
# so of a reader whom they will take in an hour.
REFUSED_FOR_GOOD = [timedelta(hours=1)]
# So many tries of which nobody knows whether they arrived, and no more: a reader may get a
# letter twice, never three times.
UNCLEAR_AT_MOST = 2

# What waits longer than this waits for the post itself.
LATE = timedelta(minutes=15)

INTERRUPTED = "Interrupted"
ADDRESS_REFUSED = "AddressRefused"
LETTER_REFUSED = "LetterRefused"
UNWRITABLE = "Unwritable"
FAULTS_IN_WORDS: dict[str, Promise] = {
    INTERRUPTED: _(
        "Sending broke off twice. It may have arrived, perhaps twice. Ask before you "
        "send it again."
    ),
    ADDRESS_REFUSED: _(
        "Their mail service knows no such address, or takes nothing for it. Ask them for "
        "the right one."
    ),
    LETTER_REFUSED: _(
        "Their mail service did not take this letter. It may think that it is unwanted "
        "advertising, or their mailbox is full."
    ),
    "SMTPAuthenticationError": _(
        "Our own mail service refused our password. Whoever runs this site can mend it."
    ),
    UNWRITABLE: _(
        "Nothing can be sent to such an address. Ask them for the right one."
    ),
}
NO_ANSWER = _("The mail service did not answer, or hung up, again and again.")


# The result of the letter before, and the next one's beginning, in one commit. Whoever was
# begun and has no result yet is left to their worker, until that is taken for dead.
TAKE_UP = """
WITH gone AS (
    UPDATE members_letter
       SET sent_at = %(now)s::timestamptz, due_at = NULL, gave_up_at = NULL, fault = '',
           unclear = GREATEST(unclear - 1, 0)
     WHERE id = %(gone)s::bigint),
next AS (
    SELECT id, member_id FROM members_letter
     WHERE due_at <= %(now)s::timestamptz AND unclear < %(most)s::int
       AND (begun_at IS NULL OR begun_at <= %(dead)s::timestamptz)
       AND id IS DISTINCT FROM %(gone)s::bigint
     ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE members_letter AS letter
   SET begun_at = %(now)s::timestamptz, tries = tries + 1, unclear = unclear + 1
  FROM next LEFT JOIN members_member reader ON reader.id = next.member_id
 WHERE letter.id = next.id
RETURNING letter.id, letter.member_id, letter.address, letter.name, letter.kind,
          letter.language, letter.subject, letter.text, letter.path, letter.tries,
          reader.id, reader.name, reader.email, reader.left_at
"""
TAKEN_UP = (
    *("id", "member_id", "address", "name", "kind", "language", "subject", "text"),
    *("path", "tries"),
)
OF_ITS_READER = ("id", "name", "email", "left_at")


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads of letters."""

    def due(self, now: datetime) -> Self:
        """Keep the letters that wait to be sent by now, oldest first."""
        return self.filter(due_at__lte=now).order_by("due_at", "id")

    def visible_to(self, member: "Member") -> Self:
        """Letters are their reader's; coordinators see to those that don't arrive."""
        return self if member.has_role(Role.COORDINATOR) else self.none()

    def take_up(
        self, now: datetime, dead: datetime, gone: int | None = None
    ) -> "Letter | None":
        """Begin with the letter that has waited longest, and write down that one is gone.

        Whoever began with a letter before `dead` and said no more is taken for dead.
        """
        asked = {"now": now, "dead": dead, "gone": gone, "most": UNCLEAR_AT_MOST}
        with connection.cursor() as cursor:
            cursor.execute(TAKE_UP, asked)
            row = cursor.fetchone()
        if row is None:
            return None
        columns = len(TAKEN_UP)
        letter = self.model(**dict(zip(TAKEN_UP, row, strict=False)))
        if letter.member_id is not None:
            readers = get_user_model()
            letter.member = readers.from_db(self.db, OF_ITS_READER, row[columns:])
        return letter

    def begun_before(self, dead: datetime) -> Self:
        """Keep those that broke off as often as may be: they may have arrived twice."""
        return self.filter(
            due_at__isnull=False, begun_at__lte=dead, unclear__gte=UNCLEAR_AT_MOST
        )

    def late(self, now: datetime) -> Self:
        """Keep those that should have gone out a while ago and were never tried."""
        return self.due(now - LATE).filter(begun_at__isnull=True, tries=0)

    def give_up(self, now: datetime) -> int:
        """Leave letters whose sending broke off to people."""
        return self.update(due_at=None, gave_up_at=now, fault=INTERRUPTED)

    def given_up(self) -> Self:
        """Keep those that nobody could deliver, the newest first. Coordinators see to them."""
        return self.filter(gave_up_at__isnull=False).order_by("-gave_up_at", "-id")


class Letter(models.Model):
    """One e-mail to one reader: a member, or an address that is no member's (yet).

    It is written in the transaction of the deed that it tells of. `due_at` is NULL once
    nothing is to be sent (any more).
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="letters",
    )
    address = models.EmailField(blank=True, help_text="of somebody who is no member")
    name = models.CharField(max_length=80, blank=True, help_text="of the same")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=7, default="en")
    subject = models.CharField(
        max_length=120,
        help_text="stands on the outside; names nobody, for it is read over shoulders",
    )
    text = models.TextField()
    path = models.CharField(
        max_length=500, blank=True, help_text="the page or the link"
    )
    digest_on = models.DateField(
        null=True, help_text="of a digest: the day that it is for"
    )
    made_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(
        null=True, help_text="when a worker last took it up"
    )
    sent_at = models.DateTimeField(null=True)
    gave_up_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    unclear = models.PositiveSmallIntegerField(
        default=0, help_text="tries of which nobody knows (yet) whether they arrived"
    )
    fault = models.CharField(
        max_length=60,
        blank=True,
        help_text="the kind of the latest failure, no words of it",
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="letter_has_one_reader",
                condition=Q(member__isnull=True) ^ Q(address=""),
            ),
            models.CheckConstraint(
                name="letter_is_sent_once",
                condition=Q(sent_at__isnull=True) | Q(due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_is_given_up_unsent",
                condition=Q(gave_up_at__isnull=True)
                | Q(due_at__isnull=True, sent_at__isnull=True),
            ),
            models.CheckConstraint(
                name="letter_arrives_twice_at_most",
                condition=Q(unclear__lte=UNCLEAR_AT_MOST),
            ),
            models.UniqueConstraint(
                name="digest_comes_once_a_day",
                fields=["member", "digest_on"],
                condition=Q(digest_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(due_at__isnull=False),
                name="letter_due",
            ),
            models.Index(
                fields=["gave_up_at"],
                condition=Q(gave_up_at__isnull=False),
                name="letter_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"

    def rests(self) -> None:
        """Send nothing (any more): nobody took it anywhere."""
        Letter.objects.filter(pk=self.pk).update(
            due_at=None, begun_at=None, unclear=_one_less_unclear()
        )

    def failed(self, fault: str, waits: list[timedelta], now: datetime) -> None:
        """Stamp the failure and wait longer each time; at last leave it to people.

        A letter that went out after all, by another worker's hand, stays sent.
        """
        wait = waits[self.tries - 1] if self.tries <= len(waits) else None
        Letter.objects.filter(pk=self.pk, sent_at__isnull=True).update(
            begun_at=None,
            unclear=_one_less_unclear(),
            fault=fault[:60],
            due_at=now + wait if wait else None,
            gave_up_at=None if wait else now,
        )

    @property
    def fault_in_words(self) -> Promise:
        """Say what kept it from arriving, and what may help."""
        return FAULTS_IN_WORDS.get(self.fault, NO_ANSWER)


def _one_less_unclear() -> Greatest:
    return Greatest(F("unclear") - 1, 0)
