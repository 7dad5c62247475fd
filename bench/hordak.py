"""The peer: django-hordak, the double entry book-keeping that Django people reach for."""

import random
from decimal import Decimal

from hordak.models import Account, AccountType
from moneyed import Money

ACCOUNTS = 1000


class Place:
    """A thousand accounts of hordak's. It asks no limits and knows no keys."""

    def __init__(self) -> None:
        if not Account.objects.exists():
            for number in range(ACCOUNTS):
                Account.objects.create(
                    name=f"Neighbour {number}",
                    type=AccountType.liability,
                    currencies=["EUR"],
                )
        self.accounts = list(Account.objects.all())

    def transfer(self) -> None:
        """Move some euros between two accounts."""
        source, target = random.sample(self.accounts, 2)
        amount = Decimal(random.randrange(15, 135, 15))
        source.transfer_to(target, Money(amount, "EUR"))
