"""What a hand does in our books, as the rooms do it. Read only by hands: Django is up."""

import random

from django.db import connection, transaction
from django.utils import timezone

from ledger.actions import Move, check_books, transfer, transfer_all
from ledger.models import COMMONS, Account, Cause, Reason, Transfer, Unit
from members import clock
from members.acting import Acting
from members.keys import new_key
from members.models import Member
from timebank.actions import record_exchange

HELP = [
    "Mended a bicycle",
    "Read aloud",
    "Cooked for the week",
    "Sat with the children",
]
LINES = 50


class Place:
    """Our books, with the members in them known by heart."""

    def __init__(self) -> None:
        *self.members, self.reader = Member.objects.order_by("number")
        self.minutes = range(15, 135, 15)

    # Writing

    def transfer(self) -> None:
        """Move some minutes between two members."""
        source, target = random.sample(self.members, 2)
        key = new_key()
        transfer(
            source=source,
            target=target,
            unit=Unit.MINUTE,
            amount=random.choice(self.minutes),
            reason=Reason.EXCHANGE,
            cause=Cause("exchange", key),
            by=Acting.as_oneself(source),
            key=key,
        )

    def transfer_in_atomic(self) -> None:
        """The same inside a transaction, as a deed with rows of its own does it."""
        with transaction.atomic():
            self.transfer()

    def transfer_to_commons(self) -> None:
        """Move some minutes to the fund that everybody gives to: the hottest row there is."""
        source = random.choice(self.members)
        key = new_key()
        transfer(
            source=source,
            target=COMMONS,
            unit=Unit.MINUTE,
            amount=random.choice(self.minutes),
            reason=Reason.EXCHANGE,
            cause=Cause("exchange", key),
            by=Acting.as_oneself(source),
            key=key,
        )

    def transfer_from_all(self) -> int:
        """Have every member give a quarter of an hour to the commons, all or none."""
        moves = []
        for source in self.members:
            key = new_key()
            move = Move(
                source=source,
                target=COMMONS,
                unit=Unit.MINUTE,
                amount=15,
                reason=Reason.EXCHANGE,
                key=key,
                cause=Cause("exchange", key),
            )
            moves.append(move)
        return len(transfer_all(moves, by=Acting.as_oneself(self.reader)))

    def record_exchange(self) -> None:
        """The whole deed: rules, transfer, exchange, and the letter to the other side."""
        giver, receiver = random.sample(self.members, 2)
        self._record(giver, receiver)

    def fill_statement_of_reader(self) -> None:
        """Give the reader enough lines for two pages."""
        for other in self.members[:LINES]:
            self._record(*random.sample([other, self.reader], 2))

    def _record(self, giver: Member, receiver: Member) -> None:
        record_exchange(
            by=Acting.as_oneself(receiver),
            giver=giver,
            receiver=receiver,
            minutes=random.choice(self.minutes),
            what=random.choice(HELP),
            helped_on=clock.today(),
            key=new_key(),
        )

    # Reading

    def select_one(self) -> None:
        """The least that asking the database can cost."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    def balance(self) -> None:
        """What some member has."""
        Account.objects.balance(random.choice(self.members), Unit.MINUTE)

    def statement(self) -> None:
        """A page of fifty lines, from anywhere in some member's history."""
        holder = random.choice(self.members)
        standing = Account.objects.standing(holder, Unit.MINUTE)
        assert standing
        latest = random.randint(min(LINES, standing.sequence), standing.sequence)
        Transfer.objects.lines(standing.account_id, latest=latest, limit=LINES)

    # Proof

    def faults(self) -> list[list]:
        """Prove the books; say what is wrong."""
        with connection.cursor() as cursor:
            cursor.execute("SET work_mem = '256MB'")
        return check_books(at=timezone.now()).faults
