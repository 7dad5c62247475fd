"""How members sign in: codes on paper, passwords, addresses, and where they are signed in."""

from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.actions.presence import present
from members.deeds import deed
from members.keys import new_code, read_code
from members.models import Member, SignInCode
from members.notices import Kind, declare, in_language_of, write_to

SIGNING_IN = declare(
    Kind("signing_in", gettext_lazy("How I sign in"), is_needed=True, is_key=True),
)


@deed(words=gettext_lazy("printed a code for signing in"))
def print_sign_in_code(*, by: Acting, member: Member) -> SignInCode:
    """Print a code on paper for a member; it ends the one before.

    The code itself stands in `on_paper` of what is answered, and is kept nowhere.
    """
    if not permissions.may_print_sign_in_code(by):
        raise PermissionDenied
    assert by.for_member == member
    now = clock.now()
    locked = present(
        member, _("%(name)s has left the network, so no code opens the door for them.")
    )
    refuse_whoever_carries_a_task(locked)
    locked.sign_in_codes.working().update(ended_at=now)
    code = new_code()
    printed = SignInCode.objects.create(
        member=locked, code_hash=make_password(read_code(code)), **by.recorded(now)
    )
    printed.on_paper = code
    return printed


@deed(words=gettext_lazy("ended the code for signing in"))
def end_sign_in_code(*, by: Acting) -> Member:
    """Let a code on paper open nothing any more: it was lost, or is not needed."""
    end_sign_in_codes(by.for_member)
    return by.for_member


def end_sign_in_codes(member: Member) -> None:
    """End what a member has on paper; also when they leave."""
    member.sign_in_codes.filter(ended_at__isnull=True).update(ended_at=clock.now())


def refuse_whoever_carries_a_task(member: Member) -> None:
    """Nobody else gets hold of the sign-in of somebody who carries a task here."""
    if member.roles:
        raise ValidationError(
            _(
                "%(name)s carries a task in the network, so only they themselves may change "
                "how they sign in. They can do so on their own page."
            ),
            code="carries_a_task",
            params={"name": member},
        )


def open_by_code(*, number: int, code: str) -> Member | None:
    """Say whom a member number and a code on paper let in; None if nobody.

    A number that nobody has takes as long as a wrong code.
    """
    printed = (
        SignInCode.objects.working()
        .select_related("member")
        .filter(member__number=number)
        .first()
    )
    return printed.member if fits(printed, code) and printed else None


def fits(printed: SignInCode | None, code: str) -> bool:
    """Whether these are the words on somebody's paper; if so, it was used now."""
    words = read_code(code)
    if printed is None:
        make_password(words)
        return False
    if not check_password(words, printed.code_hash):
        return False
    # Unless a new one ended it meanwhile.
    still = SignInCode.objects.working().filter(pk=printed.pk)
    return bool(still.update(used_at=clock.now()))


def set_password(*, member: Member, password: str, but_for: str | None) -> None:
    """Keep a new password. Wherever else they were signed in, they are no more."""
    member.set_password(password)
    member.save(update_fields=["password"])
    end_sessions(member, but_for=but_for)


def end_sessions(
    member: Member, *, but_for: str | None = None, only: int | None = None
) -> int:
    """Sign a member out on other devices (or on one), and say on how many."""
    sessions = UserSession.objects.filter(user=member)
    if but_for is not None:
        sessions = sessions.exclude(session_key=but_for)
    if only is not None:
        sessions = sessions.filter(pk=only)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    ended = list(sessions)
    for session in ended:
        store.delete(session.session_key)
    UserSession.objects.filter(pk__in=[session.pk for session in ended]).delete()
    return len(ended)


def write_about_sign_in(
    *, address: str, template: str, context: dict[str, Any], path: str = ""
) -> None:
    """Write what somebody needs to sign in: a code, or a link to a new password."""
    member = Member.objects.present().filter(email=address).first()
    if member is None:
        return
    with in_language_of(member):
        write_to(
            address,
            name=member.first_name,
            kind=SIGNING_IN,
            subject=render_to_string(f"{template}_subject.txt", context).strip(),
            template=f"{template}_message.txt",
            context=context,
            path=path,
        )
