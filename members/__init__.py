"""Who belongs: members, their roles, who acts for whom, and what they are told.

Nouns: **member** (the one who signs in, or for whom a coordinator acts), **role grant**,
**acting** (who does a deed, for whom, through which channel), **notice** (what somebody
is told, in the app and by letter). Deeds: welcome a member, grant a role, notify.

The room knows nothing of hours and money; what follows from a welcome over there is
written in `man_site/wiring.py`.
"""
