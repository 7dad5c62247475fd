"""Where the web meets this room: who asks, for whom, whether it is really they."""

from members.http.choosing import (
    acting_about,
    choose_member,
    chosen_member,
    look_for,
    words_sought,
)
from members.http.pages import page_of
from members.http.requests import (
    ACTING_FOR,
    MemberRequest,
    acting,
    acting_of,
    oneself,
    only_oneself,
    read_id,
    told,
    typed,
)
from members.http.sure import sure_it_is_you

__all__ = [
    "ACTING_FOR",
    "MemberRequest",
    "acting",
    "acting_about",
    "acting_of",
    "choose_member",
    "chosen_member",
    "look_for",
    "oneself",
    "only_oneself",
    "page_of",
    "read_id",
    "sure_it_is_you",
    "told",
    "typed",
    "words_sought",
]
