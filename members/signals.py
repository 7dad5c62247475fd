"""What this room tells the others, inside the same transaction. `man_site/wiring.py` listens.

The last ones ask: each room answers with its part (see `settlement` and `downloads`).
"""

from django.dispatch import Signal

# The network begins, with its first member: by=
network_founded = Signal()
# A member was welcomed: member=, by=
member_welcomed = Signal()
# A decided policy is in force from now on: version=, by=
policy_in_force = Signal()
# A share or dues were paid: payment=, by=; and taken back again: payment=, by=
due_paid = Signal()
due_taken_back = Signal()
# A share goes back to whom it belongs: payment=, by=
share_given_back = Signal()
# A member leaves now, and each room settles its part or refuses: member=, by=, choices=
member_departs = Signal()
# A member is forgotten: blank their words: member=, by=, mentions= (how they were called)
member_forgotten = Signal()

# What does this member hold with you? member= → list[settlement.Holding]
settlement_asked = Signal()
# What do you know of this member? member= → downloads.Part
download_asked = Signal()
# When did each member last do something with you? → dict of members' ids and moments
latest_deeds_asked = Signal()
# Who shares a care team with this member? member= → set of members' ids
teammates_asked = Signal()
# What are these bookings for? bookings= → {cause_id: (words, url)} of the room's own kinds
booking_causes_asked = Signal()
