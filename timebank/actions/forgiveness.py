"""Forgiving hours below zero: one coordinator proposes it, another seconds it."""

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ledger.actions import transfer
from ledger.actions.refusals import refusal
from ledger.models import COMMONS, Account, Cause, Reason, Transfer, Unit
from members import clock
from members.acting import Acting
from members.deeds import deed
from members.models import Member
from members.refusals import left
from timebank import notices, permissions
from timebank.models import Forgiveness


@deed(words=gettext_lazy("proposed to forgive hours below zero"))
def propose_forgiveness(
    *, by: Acting, member: Member, words: str, key: UUID
) -> Forgiveness:
    """Propose that the commons takes over what a member is below zero, and say why.

    The same key with the same content answers with the same proposal.
    """
    if not permissions.may_decide_forgiveness(by, member=member):
        raise PermissionDenied
    member = Member.objects.held(member.pk)
    if known := Forgiveness.objects.filter(pk=key).first():
        if (known.member_id, known.words) != (member.pk, words):
            raise refusal("key_reused")
        return known
    proposed = Forgiveness(
        id=key,
        member=member,
        minutes=_below_zero(member),
        words=words,
        **by.recorded(clock.now()),
    )
    try:
        with transaction.atomic():
            proposed.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(
            _("This was proposed before, and waits for a second coordinator."),
            code="proposed_before",
        ) from None
    notices.forgiveness_proposed(proposed)
    return proposed


@deed(words=gettext_lazy("agreed to forgive hours below zero"))
def second_forgiveness(*, by: Acting, forgiveness: Forgiveness) -> Forgiveness:
    """Agree, as the second coordinator: the commons takes the member's hours to zero."""
    if not permissions.may_decide_forgiveness(by, member=forgiveness.member):
        raise PermissionDenied
    found = _locked(forgiveness)
    if found.recorded_by == by.member:
        raise ValidationError(
            _("You proposed it yourself. Ask another coordinator to look at it."),
            code="proposed_by_oneself",
        )
    found.transfer = _forgive(found, by)
    found.seconded_by, found.seconded_at = by.member, found.transfer.at
    found.save(update_fields=["transfer", "seconded_by", "seconded_at"])
    notices.hours_forgiven(found)
    return found


@deed(words=gettext_lazy("took back a proposal to forgive hours"))
def withdraw_forgiveness(*, by: Acting, forgiveness: Forgiveness) -> Forgiveness:
    """Take a proposal back before anybody seconded it: nothing moves."""
    if not permissions.may_decide_forgiveness(by, member=forgiveness.member):
        raise PermissionDenied
    found = _locked(forgiveness)
    found.withdrawn_by, found.withdrawn_at = by.member, clock.now()
    found.save(update_fields=["withdrawn_by", "withdrawn_at"])
    return found


def _locked(forgiveness: Forgiveness) -> Forgiveness:
    """Take the member's row and then the proposal, which must still be open."""
    Member.objects.held(forgiveness.member_id)
    found = (
        Forgiveness.objects.with_people()
        .select_for_update(no_key=True, of=["self"])
        .get(pk=forgiveness.pk)
    )
    if not found.is_open:
        raise ValidationError(
            _("This was decided before, by another coordinator or in another tab."),
            code="decided_before",
        )
    return found


def _below_zero(member: Member) -> int:
    """Say by how much, or refuse: there is nothing to forgive."""
    if member.left_at:
        raise left(
            member, _("%(name)s has left the network, so nothing is owed any more.")
        )
    balance = Account.objects.balance(member, Unit.MINUTE)
    if balance >= 0:
        raise ValidationError(
            _("%(name)s is not below zero, so there is nothing to forgive."),
            code="not_below_zero",
            params={"name": member},
        )
    return -balance


def _forgive(found: Forgiveness, by: Acting) -> Transfer:
    """Move what brings the member to zero now; no more than both coordinators saw."""
    minutes = _below_zero(found.member)
    if minutes > found.minutes:
        raise _changed()
    try:
        moved = transfer(
            source=COMMONS,
            target=found.member,
            unit=Unit.MINUTE,
            amount=minutes,
            reason=Reason.FORGIVEN,
            cause=Cause("forgiveness", found.pk),
            by=by,
            key=found.pk,
        )
    except ValidationError as refused:
        if refused.code != "below_floor":
            raise
        raise ValidationError(
            _(
                "The commons can't carry this: it would go further below zero than is "
                "agreed. Neighbours can pass hours on to it, or its limit is decided anew."
            ),
            code="commons_exhausted",
        ) from None
    if moved.target_balance != 0:
        raise _changed()
    return moved


def _changed() -> ValidationError:
    return ValidationError(
        _(
            "These hours have changed since it was proposed. Withdraw the proposal, look "
            "at the statement and propose it anew."
        ),
        code="balance_changed",
    )
