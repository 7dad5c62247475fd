"""What somebody is trusted to do because it was looked into, and until when."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.models import Credential, CredentialKind, Member
from members.notices import Kind, declare, in_language_of, notify
from members.policies import in_force
from members.policies.money import CREDENTIAL_WARNING_DAYS
from members.refusals import beside

CREDENTIAL_ENDING = declare(
    Kind("credential_ending", _lazy("Something I am trusted with runs out soon"))
)


@deed(words=gettext_lazy("entered a proof of trust"))
def grant_credential(
    *,
    by: Acting,
    member: Member,
    kind: CredentialKind,
    granted_on: date,
    expires_on: date | None = None,
) -> Credential:
    """Enter what was looked into. Looked into again is a new row; the same is entered once."""
    if not permissions.may_grant_credential(by):
        raise PermissionDenied
    if granted_on > clock.today():
        raise beside("granted_on", _("That day is still to come."), "in_future")
    if expires_on and expires_on < granted_on:
        raise beside(
            "expires_on",
            _("The last day lies before the first. Look at both again."),
            "ends_before_it_begins",
        )
    member = present(member, _("%(name)s has left the network."))
    said = {"member": member, "kind": kind, "granted_on": granted_on}
    said["expires_on"] = expires_on
    known = Credential.objects.filter(**said, ended_on=None).first()
    return known or Credential.objects.create(**said, **by.recorded(clock.now()))


@deed(words=gettext_lazy("ended a proof of trust"))
def end_credential(*, by: Acting, credential: Credential) -> Credential:
    """Say that something no longer holds: from today on it does not count."""
    if not permissions.may_end_credential(by):
        raise PermissionDenied
    credential = Credential.objects.select_for_update(of=("self",)).get(
        pk=credential.pk
    )
    if credential.ended_on is None:
        credential.ended_on = max(clock.today(), credential.granted_on)
        credential.ended_by = by.member
        credential.save(update_fields=["ended_on", "ended_by"])
    return credential


def warn_of_expiry() -> int:
    """Tell those whose credentials run out soon, once each, and say how many were told."""
    today = clock.today()
    until = today + timedelta(days=in_force()[CREDENTIAL_WARNING_DAYS])
    waiting = Credential.objects.running_out(today, until).filter(warned_at=None)
    return sum(_warn(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _warn(pk: int) -> bool:
    """Tell one of them, unless another worker is at it or has done it."""
    credential = (
        Credential.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("member")
        .filter(pk=pk, warned_at=None)
        .first()
    )
    if credential is None:
        return False
    assert credential.expires_on, "only what has an end runs out"
    credential.warned_at = clock.now()
    credential.save(update_fields=["warned_at"])
    member = credential.member
    with in_language_of(member):
        words = {
            "what": credential.get_kind_display(),
            "day": date_format(credential.expires_on),
        }
        notify(
            member,
            kind=CREDENTIAL_ENDING,
            subject=_("Something runs out soon"),
            headline=_("%(what)s: the last day is %(day)s") % words,
            template="members/notices/credential_ending.txt",
            context=words,
            about=credential,
            at=credential.warned_at,
        )
    return True
