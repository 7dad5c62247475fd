"""What this room tells the others, inside the same transaction. `man_site/wiring.py` listens."""

from django.dispatch import Signal

# A member was welcomed: member=, by=
member_welcomed = Signal()
