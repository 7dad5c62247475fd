"""Sample letters: each kind of letter as it might come, for those who build.

They are rendered from the templates that the deeds use, about neighbours who are in no
database. Each room declares its own, so that every kind has one.
"""

from datetime import timedelta
from functools import partial
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from members import clock
from members.actions.contests import CONTEST_ANSWERED, DEED_CONTESTED
from members.actions.credentials import CREDENTIAL_ENDING
from members.actions.departure import FAREWELL, SHARE_TO_PAY_OUT
from members.actions.digests import digest_text
from members.actions.dormant import ASKED_AFTER
from members.actions.dues import DUE_RECORDED
from members.actions.envelopes import email_of
from members.actions.joining_letters import (
    SOMEBODY_APPLIED,
    TO_APPLICANT,
    TO_INVITED,
    WELCOMED,
)
from members.actions.leave import LEAVE_ENDS
from members.actions.messages import MESSAGE_RECEIVED
from members.actions.roles import ROLE_GRANTED
from members.actions.sign_in import SIGNING_IN
from members.actions.stewards import STEWARDSHIP_CHANGED
from members.models import (
    Application,
    Channel,
    DeedForAnother,
    Due,
    DuePayment,
    Invitation,
    Letter,
    LifeStep,
    Member,
    Message,
    Notice,
    Role,
    RoleGrant,
)
from members.notices import DIGEST, DONE_FOR_YOU, SAMPLES, Sample, declare_sample

EDNA = Member(pk=1, number=1017, name="Edna Moreau", email="edna@example.org")
ROSA = Member(pk=2, number=1001, name="Rosa Alvarez")
BEN = Member(pk=3, number=1023, name="Ben de Vries")
WRITTEN_DOWN = {"recorded_by": ROSA, "recorded_for": EDNA, "channel": Channel.PHONE}


def letter_of(name: str) -> Letter:
    """Write one sample letter, to Edna or to Sam, who is no member; it is kept nowhere."""
    sample = SAMPLES[name]()
    EDNA.welcomed_at = clock.now()
    context: dict[str, Any] = {"member": EDNA, **sample.context}
    headline = f"{sample.headline}.\n\n" if sample.headline else ""
    reader = {"name": "Sam", "address": "sam@example.org"}
    return Letter(
        pk=0,
        **(reader if sample.to_stranger else {"member": EDNA}),
        kind=sample.kind.name,
        subject=sample.subject,
        text=headline + render_to_string(sample.template, context).strip(),
        path=sample.path,
        made_at=clock.now(),
    )


def email_of_sample(name: str) -> EmailMultiAlternatives:
    """Make the e-mail of a sample, with the headers that it would carry."""
    return email_of(letter_of(name))


def _sample(name: str, *words: Any, **more: Any) -> Sample:
    kind, subject, headline = words
    template = f"members/notices/{name}.txt"
    return Sample(kind, subject, headline, template, **more)


@declare_sample
def digest() -> Sample:
    """What was collected for a day or a week."""
    told = [
        Notice(kind=kind, headline=headline, path="/", created_at=clock.now())
        for kind, headline in (
            ("exchange_recorded", "Ben de Vries recorded 2 h of your help"),
            ("message_received", "Ana Okafor wrote to you"),
            ("exchange_recorded", "Ana Okafor recorded 1 h of help for you"),
        )
    ]
    return _sample(
        "as_it_is",
        DIGEST,
        "News for you, collected",
        "",
        context={"text": digest_text(told)},
        path=reverse("members:notices"),
    )


def _deed(**columns: Any) -> DeedForAnother:
    return DeedForAnother(deed="record_exchange", **WRITTEN_DOWN, **columns)


@declare_sample
def done_for_you() -> Sample:
    """Somebody did something for a member."""
    noted = _deed()
    words = {"who": ROSA, "how": "by phone", "what": noted.in_words}
    return _sample(
        "done_for_you",
        DONE_FOR_YOU,
        "Something was done for you",
        f"Rosa Alvarez {noted.in_words} for you, by phone",
        context={"noted": noted, **words},
    )


@declare_sample
def deed_contested() -> Sample:
    """Somebody says that it was not right."""
    return _sample(
        "deed_contested",
        DEED_CONTESTED,
        "Something that you did for somebody was contested",
        "Ben de Vries says that something is not right which you did for them",
        context={"noted": _deed(contest="It was one hour, not two.")},
    )


@declare_sample
def contest_answered() -> Sample:
    """And the answer to it."""
    return _sample(
        "contest_answered",
        CONTEST_ANSWERED,
        "An answer to what was contested",
        "Rosa Alvarez answered what was contested",
        context={"noted": _deed(answer="You are right. It is put right now.")},
    )


@declare_sample
def message_received() -> Sample:
    """A neighbour wrote."""
    message = Message(sender=BEN, receiver=EDNA, **WRITTEN_DOWN | {"recorded_by": BEN})
    return _sample(
        "message_received",
        MESSAGE_RECEIVED,
        "A neighbour wrote to you",
        "Ben de Vries wrote to you",
        context={"message": message},
    )


# Joining


def _application() -> Application:
    return Application(
        name="Sam Lopez",
        applied_at=clock.now(),
        answer_words="we can't reach your street yet.",
    )


to_applicant = partial(
    Sample, TO_APPLICANT, headline="", path="/join/", to_stranger=True
)


@declare_sample
def applied() -> Sample:
    """Somebody asked to join, and is thanked."""
    return to_applicant(
        subject="You asked to join us", template="members/notices/applied.txt"
    )


@declare_sample
def applied_before() -> Sample:
    """The same once more."""
    return to_applicant(
        subject="You asked to join us",
        template="members/notices/applied_before.txt",
        context={"application": _application()},
    )


@declare_sample
def declined() -> Sample:
    """The network says no, kindly."""
    return to_applicant(
        subject="About your application",
        template="members/notices/declined.txt",
        context={"application": _application()},
    )


@declare_sample
def application_received() -> Sample:
    """Those who welcome are told."""
    return _sample(
        "application_received",
        SOMEBODY_APPLIED,
        "Somebody asks to join",
        "Sam Lopez asks to join",
        context={"application": _application()},
    )


@declare_sample
def invited() -> Sample:
    """A member invites somebody."""
    invitation = Invitation(
        name="Sam Lopez",
        words="We met at the market. Come and see!",
        expires_at=clock.now() + timedelta(days=30),
    )
    return _sample(
        "invited",
        TO_INVITED,
        "You are invited",
        "",
        context={"invitation": invitation, "inviter": BEN},
        path="/join/",
        to_stranger=True,
    )


@declare_sample
def member_greeted() -> Sample:
    """A newcomer is greeted."""
    return _sample(
        "greeted", WELCOMED, "Welcome among neighbours", "Welcome, Edna", path="/me/"
    )


# Belonging


@declare_sample
def role_granted() -> Sample:
    """A task was given to somebody."""
    grant = RoleGrant(role=Role.FACILITATOR, decision="The circle of May")
    return _sample(
        "role_granted",
        ROLE_GRANTED,
        "Your tasks in the network",
        "You carry a task: facilitator",
        context={"grant": grant, "by": ROSA},
    )


@declare_sample
def stewardship_changed() -> Sample:
    """Somebody acts for an organisation from now on."""
    bakery = Member(pk=4, name="The Bakery")
    return _sample(
        "steward_made",
        STEWARDSHIP_CHANGED,
        "About an organisation that you act for",
        "You act for The Bakery",
        context={"organisation": bakery},
    )


@declare_sample
def due_recorded() -> Sample:
    """Dues were written down."""
    today = clock.today()
    payment = DuePayment(
        member=EDNA,
        what=Due.DUES,
        cents=2500,
        paid_on=today,
        covers_from=today,
        covers_until=today + timedelta(days=364),
    )
    return _sample(
        "due_recorded",
        DUE_RECORDED,
        "Your share and dues",
        "Written down for you: dues",
        context={"payment": payment, "by": ROSA},
    )


@declare_sample
def credential_ending() -> Sample:
    """Something runs out soon."""
    return _sample(
        "credential_ending",
        CREDENTIAL_ENDING,
        "Something runs out soon",
        "first aid: the last day is 3 May 2027",
        context={"what": "first aid", "day": "3 May 2027"},
    )


@declare_sample
def leave_ends() -> Sample:
    """The day has come on which somebody meant to be back."""
    return _sample(
        "leave_ends",
        LEAVE_ENDS,
        "Are you back again?",
        "You meant to be back about now",
        context={"step": LifeStep(member=EDNA, until=clock.today())},
    )


@declare_sample
def asked_after() -> Sample:
    """A coordinator wonders about somebody who is silent."""
    return _sample(
        "asked_after",
        ASKED_AFTER,
        "Are you still with us?",
        "Rosa Alvarez asks whether you are still with us",
        context={"who": ROSA},
        path="/l/a-signed-number/",
    )


@declare_sample
def farewell() -> Sample:
    """The last letter to somebody who leaves."""
    return _sample(
        "farewell",
        FAREWELL,
        "Farewell, and thank you",
        "",
        context={"since": clock.now(), "network_name": "Willow Street"},
        path="",
    )


@declare_sample
def share_to_pay_out() -> Sample:
    """Somebody left, and those who keep the money give their share back."""
    return _sample(
        "share_to_pay_out",
        SHARE_TO_PAY_OUT,
        "A membership share is to be paid out",
        "Ben de Vries leaves: pay out the share",
        context={"payment": DuePayment(cents=2500)},
    )


# Signing in


@declare_sample
def signing_in() -> Sample:
    """A code to sign in with."""
    return Sample(
        SIGNING_IN,
        subject="Your code",
        headline="",
        template="account/email/login_code_message.txt",
        context={"code": "K7PM-4RXT"},
        path="",
    )


@declare_sample
def confirm_email() -> Sample:
    """Is this address yours?"""
    return _sample("confirm_email", SIGNING_IN, "About your e-mail address", "")
