"""How a text comes into force, and how somebody agrees to exactly that text."""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.models import (
    MEMBERSHIP,
    Agreement,
    AgreementVersion,
    Member,
    Scan,
    Signature,
)
from members.plain_text import as_paragraphs, check_one_line, reads_alike
from members.refusals import beside


@deed(words=gettext_lazy("published the text of an agreement"))
def publish_agreement_version(
    *, by: Acting, slug: str, title: str, text: str, decision: str
) -> AgreementVersion:
    """Put a decided text into force, from now on. The texts before it stay readable.

    An agreement that exists keeps its title. The text that is in force already is not
    published twice.
    """
    if not permissions.may_publish_agreement_version(by):
        raise PermissionDenied
    if not decision.strip():
        raise beside(
            "decision", _("Say who decided it, where and when."), "no_decision"
        )
    text = as_paragraphs(text)
    if not text:
        raise beside("text", _("Write down what is agreed to."), "nothing_to_see")
    agreement, _is_new = Agreement.objects.get_or_create(
        slug=slug, defaults={"title": title.strip()}
    )
    # One at a time, so that numbers follow each other.
    agreement = Agreement.objects.select_for_update(no_key=True).get(pk=agreement.pk)
    latest = agreement.versions.order_by("-number").first()
    content_hash = AgreementVersion.hash_of(agreement.title, text)
    if latest and latest.content_hash == content_hash:
        return latest
    now = clock.now()
    return AgreementVersion.objects.create(
        agreement=agreement,
        number=latest.number + 1 if latest else 1,
        text=text,
        content_hash=content_hash,
        in_force_from=now,
        decision=decision.strip(),
        **by.recorded(now),
    )


def begin_agreements(*, by: Acting) -> AgreementVersion:
    """With the network begins its membership agreement; it can be put better at any time."""
    return publish_agreement_version(
        by=by,
        slug=MEMBERSHIP,
        title=_("Membership agreement"),
        text=first_text(),
        decision=_("By founding the network"),
    )


def first_text() -> str:
    """The membership agreement as networks begin with it."""
    words = {"network_name": settings.NETWORK_NAME}
    return render_to_string("members/agreements/membership.txt", words)


@deed(words=gettext_lazy("signed an agreement"))
def sign_agreement(
    *,
    by: Acting,
    version: AgreementVersion,
    typed_name: str,
    content_hash: str,
    paper: bytes | None = None,
) -> Signature:
    """Agree to a text: by typing one's name, or on `paper`, a picture of which is kept.

    `content_hash` is that of the text which was shown. Signed twice is signed once.
    """
    may_sign = (
        permissions.may_sign_agreement
        if paper is None
        else permissions.may_enter_signed_paper
    )
    if not may_sign(by):
        raise PermissionDenied
    if known := version.signatures.filter(member=by.for_member).first():
        return known
    present(
        by.for_member,
        _("%(name)s has left the network, so there is nothing to sign."),
    )
    now = clock.now()
    _check_is_current(version, content_hash, now)
    _check_name(by, typed_name, now)
    words = {"typed_name": " ".join(typed_name.split()), "content_hash": content_hash}
    try:
        with transaction.atomic():
            scan = paper and Scan.objects.create(jpeg=paper, made_at=now)
            return Signature.objects.create(
                version=version,
                member=by.for_member,
                scan=scan or None,
                **words,
                **by.recorded(now),
            )
    except IntegrityError:
        # A double click: the other one was quicker.
        return Signature.objects.get(version=version, member=by.for_member)


def _check_is_current(
    version: AgreementVersion, content_hash: str, now: datetime
) -> None:
    """What is signed is what was shown, and what is in force."""
    current = AgreementVersion.objects.current(version.agreement.slug, now)
    if version != current or content_hash != version.content_hash:
        raise ValidationError(
            _(
                "The text changed while you read it. Here is how it reads now; "
                "nothing is signed yet."
            ),
            code="text_changed",
        )


def _check_name(by: Acting, typed_name: str, now: datetime) -> None:
    """One's own name; for an organisation its name or that of somebody who acts for it."""
    check_one_line(typed_name)
    stewards = Member.objects.filter(
        pk__in=by.for_member.stewardships.in_force(now).values("steward")
    )
    names = [by.for_member.name, *stewards.values_list("name", flat=True)]
    if not any(reads_alike(typed_name, name) for name in names):
        raise beside(
            "typed_name",
            _("This isn't the name that we know. Write it like this: %(name)s"),
            "another_name",
            name=by.for_member.name,
        )
