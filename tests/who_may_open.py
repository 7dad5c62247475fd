"""Who may open which page: one table that people can read. `tests/test_house.py` walks it.

Four readers, in this order: a stranger; Cleo, a member whom it does not concern; Ana, whom
it concerns; Rosa, a coordinator. What they are answered:
200 it opens · 302 sign in first, or it leads on · 403 not you · 404 not yours to know ·
405 only by a button · 401 prove that it is you · 410 a link that is spent.

A page about somebody's row says in the third column which row of the `World` it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from members.models import (
    Application,
    Invitation,
    Member,
    Message,
    Neighbourhood,
    OrientationStep,
)
from tests import make
from timebank.models import Exchange


@dataclass(frozen=True)
class World:
    """The rows that the pages are about. Each is Ana's, and none of Cleo's business."""

    rosa: Member
    ana: Member
    ben: Member
    cleo: Member
    exchange: Exchange
    message: Message
    noor: Application
    slip: Invitation
    step: OrientationStep
    old_town: Neighbourhood


def a_world(rosa, ana, ben, cleo) -> World:
    return World(
        rosa,
        ana,
        ben,
        cleo,
        exchange=make.exchange(ana, ben),
        message=make.message(ana, ben),
        noor=make.application(),
        slip=make.slip(ana),
        step=OrientationStep.objects.first(),
        old_town=make.neighbourhood(rosa),
    )


Row = tuple[str, str] | tuple[str, str, Callable[[World], list[Any]]]

#                                       stranger Cleo Ana Rosa
PAGES: list[Row] = [
    # The roof
    ("home", "200 200 200 200"),
    ("books", "200 200 200 200"),
    ("desk", "302 403 403 200"),
    ("healthz", "200 200 200 200"),
    ("readyz", "200 200 200 200"),
    # A page for those who build: only where the demo runs, or under DEBUG.
    ("style", "404 404 404 404"),
    # Hours
    ("timebank:statement", "302 200 200 200"),
    ("timebank:statement-of", "302 404 200 200", lambda w: [w.ana.pk]),
    ("timebank:record-exchange", "302 200 200 200"),
    ("timebank:record-exchange-for-others", "302 403 403 200"),
    ("timebank:exchange", "302 404 200 200", lambda w: [w.exchange.pk]),
    ("timebank:forgiveness-asked", "302 403 403 200"),
    ("timebank:propose-forgiveness", "302 403 403 200", lambda w: [w.ana.pk]),
    ("timebank:forgiveness", "302 404 200 200", lambda w: [make.forgiveness(w.ana).pk]),
    ("timebank:second-forgiveness", "302 405 405 405", lambda w: [make.key()]),
    ("timebank:withdraw-forgiveness", "302 405 405 405", lambda w: [make.key()]),
    # Notices and letters
    ("members:notices", "302 200 200 200"),
    ("members:mark-notices-read", "302 405 405 405"),
    ("members:choose-notices", "302 200 200 200"),
    ("members:stop-letters", "200 200 200 200", lambda w: [make.stop_token(w.ana)]),
    ("members:letters", "302 403 403 200"),
    ("members:retry-letter", "302 405 405 405", lambda w: [1]),
    ("members:put-away-letter", "302 405 405 405", lambda w: [1]),
    # Pages for those who build, like /style/.
    ("members:sample-letters", "404 404 404 404"),
    ("members:sample-letter", "404 404 404 404", lambda w: ["done_for_you"]),
    ("members:sample-letter-page", "404 404 404 404", lambda w: ["done_for_you"]),
    # Opened signed out, a link asks; of another who is signed in, it wonders.
    ("members:follow-link", "200 409 200 409", lambda w: [make.link(w.ana)[3:-1]]),
    # Joining
    ("members:apply", "200 200 200 200"),
    ("members:applied", "200 200 200 200"),
    ("members:use-code", "200 200 200 200"),
    ("members:apply-by-invitation", "200 200 200 200", lambda w: [make.signed(w.slip)]),
    # Whoever has the letter may read it: nobody else knows the link.
    ("members:your-application", "200 200 200 200", lambda w: [make.signed(w.noor)]),
    (
        "members:withdraw-application",
        "200 200 200 200",
        lambda w: [make.signed(w.noor)],
    ),
    ("members:applications", "302 404 404 200"),
    ("members:answered-applications", "302 404 404 200"),
    ("members:application", "302 404 404 200", lambda w: [w.noor.pk]),
    ("members:record-application", "302 403 403 200"),
    ("members:welcome-somebody", "302 403 403 200"),
    ("members:welcomed", "302 404 404 200", lambda w: [w.ana.pk]),
    ("members:take-step", "302 405 405 405", lambda w: [w.noor.pk, w.step.pk]),
    ("members:name-reference", "302 405 405 405", lambda w: [w.noor.pk]),
    (
        "members:note-reference",
        "302 404 404 200",
        lambda w: [w.noor.references.get().pk],
    ),
    ("members:welcome-applicant", "302 404 404 200", lambda w: [w.noor.pk]),
    ("members:decline-application", "302 404 404 200", lambda w: [w.noor.pk]),
    ("members:withdraw-application-for", "302 404 404 200", lambda w: [w.noor.pk]),
    ("members:orientation", "302 403 403 200"),
    ("members:add-step", "302 403 403 200"),
    ("members:change-step", "302 403 403 200", lambda w: [w.step.pk]),
    ("members:move-step", "302 405 405 405", lambda w: [w.step.pk]),
    ("members:retire-step", "302 403 403 200", lambda w: [w.step.pk]),
    ("members:neighbourhoods", "302 403 403 200"),
    ("members:add-neighbourhood", "302 403 403 200"),
    ("members:change-neighbourhood", "302 403 403 200", lambda w: [w.old_town.pk]),
    ("members:households", "302 403 403 200"),
    ("members:set-household", "302 403 403 200"),
    ("members:leave-household", "302 405 405 405", lambda w: [w.ana.pk]),
    ("members:invite-many", "302 403 403 200"),
    ("members:invitations", "302 200 200 200"),
    ("members:invite", "302 200 200 200"),
    ("members:invite-by-slip", "302 200 200 200"),
    ("members:invitation", "302 404 200 404", lambda w: [w.slip.pk]),
    ("members:withdraw-invitation", "302 404 200 404", lambda w: [w.slip.pk]),
    ("members:my-household", "302 200 200 200"),
    # People
    ("members:people", "302 200 200 200"),
    ("members:member", "302 200 200 200", lambda w: [w.ana.pk]),
    ("members:open-field", "302 405 405 405", lambda w: [w.ana.pk]),
    ("members:block-member", "302 200 200 200", lambda w: [w.ben.pk]),
    ("members:unblock-member", "302 405 405 405", lambda w: [w.ana.pk]),
    ("members:messages", "302 200 200 200"),
    # Not even a coordinator reads what two members write to each other.
    ("members:message", "302 404 302 404", lambda w: [w.message.pk]),
    ("members:send-message", "302 200 200 200", lambda w: [w.ben.pk]),
    ("who-may", "200 200 200 200"),
    ("members:roles", "302 200 200 200"),
    ("members:grant-role", "302 401 401 401"),
    ("members:end-role", "302 401 401 401", lambda w: [w.rosa.role_grants.get().pk]),
    ("members:credentials", "302 403 403 200"),
    ("members:credentials-of", "302 404 200 200", lambda w: [w.ana.pk]),
    ("members:grant-credential", "302 403 403 200"),
    (
        "members:end-credential",
        "302 403 403 200",
        lambda w: [make.credential(w.rosa, w.ana).pk],
    ),
    # My own
    ("members:change-profile", "302 200 200 200"),
    ("members:change-privacy", "302 200 200 200"),
    ("members:blocks", "302 200 200 200"),
    ("members:opened", "302 200 200 200"),
    ("members:me", "302 200 200 200"),
    ("members:my-dues", "302 200 200 200"),
    ("members:times", "302 200 200 200"),
    ("members:book-time-away", "302 200 200 200"),
    (
        "members:release-time-away",
        "302 405 405 405",
        lambda w: [make.away(w.ana).pk],
    ),
    # Agreements, share and dues
    ("members:agreements", "302 200 200 200"),
    ("members:agreement", "302 200 200 200", lambda _: ["membership"]),
    ("members:agreement-version", "302 200 200 200", lambda _: ["membership", 1]),
    ("members:sign-agreement", "302 200 200 200", lambda _: ["membership"]),
    (
        "members:sign-agreement-on-paper",
        "302 403 403 200",
        lambda w: ["membership", w.ana.pk],
    ),
    ("members:scan", "302 404 200 200", lambda w: [make.signed_paper(w.rosa, w.ana)]),
    ("members:unsigned", "302 403 403 200", lambda _: ["membership"]),
    ("members:publish-agreement", "302 403 403 200"),
    (
        "members:publish-agreement-version",
        "302 403 403 200",
        lambda _: ["membership"],
    ),
    ("members:dues", "302 403 403 200"),
    ("members:dues-of", "302 403 403 200", lambda w: [w.ana.pk]),
    ("members:record-due-payment", "302 403 403 200"),
    ("members:due-payment", "302 404 200 200", lambda w: [make.share(w.rosa, w.ana)]),
    (
        "members:take-back-due-payment",
        "302 403 403 200",
        lambda w: [make.share(w.rosa, w.ben)],
    ),
    (
        "members:give-back-share",
        "302 403 403 200",
        lambda w: [make.share(w.rosa, w.cleo)],
    ),
    ("members:leave", "302 200 200 200"),
    ("members:go-on-leave", "302 200 200 200"),
    ("members:come-back", "302 405 405 405"),
    ("members:still-here", "302 200 200 200"),
    ("members:leaving", "302 200 200 200"),
    ("members:depart", "302 401 401 401"),
    ("members:download", "302 401 401 401"),
    # Coming and going of others
    ("members:dormant", "302 403 403 200"),
    ("members:former-members", "302 403 403 200"),
    ("members:note-contact", "302 405 405 405", lambda w: [w.ana.pk]),
    ("members:ask-still-here", "302 405 405 405", lambda w: [w.ana.pk]),
    ("members:leaving-of", "302 403 403 200", lambda w: [w.ana.pk]),
    ("members:depart-for", "302 401 401 401", lambda w: [w.ana.pk]),
    ("members:forget-member", "302 401 401 401", lambda w: [w.ana.pk]),
    # Signing in
    ("members:sign-in-by-number", "200 302 302 302"),
    ("members:sure", "302 200 200 200"),
    ("members:confirm-email", "410 410 410 410", lambda w: ["not-of-ours"]),
    ("members:sessions", "302 401 401 401"),
    ("members:end-sessions", "302 405 405 405"),
    ("members:end-sign-in-code", "302 405 405 405"),
    ("members:ask-for-new-email", "302 401 401 401"),
    ("members:change-email", "302 401 401 401", lambda w: [w.ana.pk]),
    ("members:print-sign-in-code", "302 401 401 401", lambda w: [w.ana.pk]),
    # Acting for others
    ("members:acting", "302 200 200 200"),
    ("members:begin-acting", "302 405 405 405"),
    ("members:stop-acting", "302 405 405 405"),
    ("members:done-for-me", "302 200 200 200"),
    (
        "members:deed-for-another",
        "302 404 200 200",
        lambda w: [make.done_for(w.ana).pk],
    ),
    ("members:contest-deed", "302 404 200 403", lambda w: [make.done_for(w.ana).pk]),
    ("members:contested", "302 403 403 200"),
    ("members:answer-contest", "302 404 403 200", lambda w: [make.contested(w.ana).pk]),
    (
        "members:stewards",
        "302 200 200 200",
        lambda w: [make.stewardship(w.ana).organisation_id],
    ),
    (
        "members:make-steward",
        "302 401 401 401",
        lambda w: [make.stewardship(w.ana).organisation_id],
    ),
    (
        "members:end-stewardship",
        "302 403 200 200",
        lambda w: [make.stewardship(w.ana).pk],
    ),
    ("members:without-stewards", "302 403 403 200"),
    # Rules
    ("members:rules", "302 200 200 200"),
    ("members:rule", "302 200 200 200", lambda w: ["opening_floor"]),
    ("members:change-policy", "302 401 401 401", lambda w: ["opening_floor"]),
]
