"""Who may do what among members."""

from datetime import date, datetime

from members import clock
from members.acting import Acting
from members.models import (
    ActionLink,
    Channel,
    Credential,
    CredentialKind,
    DeedForAnother,
    Eyes,
    Invitation,
    Member,
    Role,
    RoleGrant,
    Signature,
    Stewardship,
)
from members.signals import teammates_asked


def may_welcome_member(by: Acting) -> bool:
    """Coordinators and those who look after membership welcome new members."""
    return by.member.has_role(Role.COORDINATOR) or by.member.has_role(Role.MEMBERSHIP)


def may_answer_application(by: Acting) -> bool:
    """Coordinators and those who look after membership lead newcomers to their welcome."""
    return may_welcome_member(by)


def may_set_orientation(by: Acting) -> bool:
    """Coordinators set the steps that newcomers go through, as the network wants them."""
    return by.member.has_role(Role.COORDINATOR)


def may_set_places(by: Acting) -> bool:
    """Coordinators draw the neighbourhoods, and note who shares a household."""
    return by.member.has_role(Role.COORDINATOR)


def may_invite(by: Acting) -> bool:
    """Every member may invite others."""
    return not by.for_member.left_at


def may_invite_many(by: Acting) -> bool:
    """Coordinators and those who look after membership invite a whole list at once."""
    return may_welcome_member(by)


def may_withdraw_invitation(by: Acting, *, invitation: Invitation) -> bool:
    """Whoever invited may take an invitation back; so may those who welcome."""
    return invitation.recorded_for == by.for_member or may_welcome_member(by)


def may_grant_role(by: Acting) -> bool:
    """Coordinators grant roles (a vote will, once there is a room for votes)."""
    return by.member.has_role(Role.COORDINATOR)


def may_end_role(by: Acting, *, grant: RoleGrant) -> bool:
    """Coordinators end roles, and everybody may lay down their own."""
    return by.member.has_role(Role.COORDINATOR) or grant.member == by.member


def may_publish_agreement_version(by: Acting) -> bool:
    """Coordinators publish the text of an agreement that was decided."""
    return by.member.has_role(Role.COORDINATOR)


def may_sign_agreement(by: Acting) -> bool:
    """Everybody signs for themselves, and stewards sign for their organisation."""
    return by.member == by.for_member or is_steward(by.member, by.for_member)


def may_enter_signed_paper(by: Acting) -> bool:
    """Coordinators enter what somebody signed on paper, with a picture of it."""
    return by.member.has_role(Role.COORDINATOR)


def may_see_scan(by: Acting, *, signer: Member) -> bool:
    """A signed paper is seen by the one who signed, their stewards and coordinators."""
    return (
        signer in (by.member, by.for_member)
        or by.member.has_role(Role.COORDINATOR)
        or is_steward(by.member, signer)
    )


def has_signed_current(member: Member, slug: str, at: datetime) -> bool:
    """Whether somebody signed the text of an agreement that is in force at a moment."""
    return Signature.objects.over_current(slug, at).filter(member=member).exists()


def may_keep_dues(by: Acting) -> bool:
    """Treasurers and coordinators see who has paid their share and dues."""
    return by.member.has_role(Role.TREASURER) or by.member.has_role(Role.COORDINATOR)


def may_record_due_payment(by: Acting) -> bool:
    """Treasurers and coordinators write down who paid, or was let off by a decision."""
    return may_keep_dues(by)


def may_take_back_due_payment(by: Acting) -> bool:
    """Treasurers and coordinators take a payment back that was written down by mistake."""
    return may_keep_dues(by)


def may_give_back_share(by: Acting, *, member: Member) -> bool:
    """Treasurers and coordinators give a share back; whoever leaves gets theirs."""
    if may_keep_dues(by):
        return True
    return member == by.for_member and may_act_for(by.member, member)


def may_book_time_away(by: Acting) -> bool:
    """Everybody says when they are away; whoever acts for them may write it down."""
    return may_act_for(by.member, by.for_member)


def may_allow_overlap(by: Acting) -> bool:
    """Coordinators may book somebody twice over the same hours, where it can be done."""
    return by.member.has_role(Role.COORDINATOR) or by.member.has_role(
        Role.CARE_COORDINATOR
    )


def may_grant_credential(by: Acting) -> bool:
    """Coordinators enter what was looked into: a licence, a course, a key."""
    return by.member.has_role(Role.COORDINATOR)


def may_end_credential(by: Acting) -> bool:
    """Coordinators end a credential that no longer holds."""
    return by.member.has_role(Role.COORDINATOR)


def may_see_credentials(by: Acting, *, member: Member) -> bool:
    """Everybody sees their own credentials; coordinators see those of all."""
    return member in (by.member, by.for_member) or by.member.has_role(Role.COORDINATOR)


def holds(member: Member, kind: CredentialKind, on: date) -> bool:
    """Whether somebody holds a credential on the day of a deed."""
    return Credential.objects.filter(member=member, kind=kind).valid_on(on).exists()


def may_change_leave(by: Acting) -> bool:
    """Everybody says when they are away for a while; whoever acts for them, too."""
    return may_act_for(by.member, by.for_member)


def may_say_still_here(by: Acting) -> bool:
    """Everybody says for themselves that they are still here; so may who acts for them."""
    return may_act_for(by.member, by.for_member)


def may_ask_after(by: Acting) -> bool:
    """Coordinators and those who look after membership ask after the silent ones."""
    return may_welcome_member(by) and not by.is_for_another


def may_depart(by: Acting) -> bool:
    """Everybody may leave; whoever acts for them may enter it on their word."""
    return may_act_for(by.member, by.for_member)


def may_see_departures(by: Acting) -> bool:
    """Coordinators see what somebody who wants to leave holds, and who has left."""
    return by.member.has_role(Role.COORDINATOR)


def may_forget_member(by: Acting) -> bool:
    """Coordinators erase the name and words of somebody who has left and asks for it."""
    return by.member.has_role(Role.COORDINATOR) and not by.is_for_another


def may_take_download(by: Acting) -> bool:
    """Everybody takes their own data along, and stewards their organisation's; nobody else."""
    return is_theirs(by)


def may_act_for(member: Member, other: Member) -> bool:
    """Stewards act for their organisation; coordinators for whoever phones or writes."""
    if member == other:
        return True
    if other.left_at or member.left_at:
        return False
    return member.has_role(Role.COORDINATOR) or is_steward(member, other)


def channels_for(member: Member, other: Member) -> tuple[Channel, ...]:
    """How somebody may act for another: stewards on the web, coordinators as they were told."""
    if member == other or other.left_at or member.left_at:
        return ()
    web = (Channel.WEB,) if is_steward(member, other) else ()
    told = (Channel.PHONE, Channel.PAPER) if member.has_role(Role.COORDINATOR) else ()
    return web + told


def may_begin_acting(by: Acting, *, member: Member, channel: Channel) -> bool:
    """Stewards act for their organisation; coordinators for whoever phones or writes."""
    return channel in channels_for(by.member, member)


def may_print_sign_in_code(by: Acting) -> bool:
    """Coordinators print a code for members who want to sign in without e-mail."""
    return by.member.has_role(Role.COORDINATOR)


def may_change_email(by: Acting, *, member: Member) -> bool:
    """Everybody changes their own address; a coordinator may for a member who phones."""
    return may_act_for(by.member, member)


def may_contest_deed(by: Acting, *, deed: DeedForAnother) -> bool:
    """Whoever a thing was done for may say that it is not right."""
    return by.for_member.pk == deed.recorded_for_id


def may_answer_contest(by: Acting, *, deed: DeedForAnother) -> bool:
    """A coordinator answers, but never the one who did it."""
    return by.member.has_role(Role.COORDINATOR) and by.member.pk not in (
        deed.recorded_by_id,
        deed.recorded_for_id,
    )


def may_see_contests(by: Acting) -> bool:
    """Coordinators see what was contested and waits for an answer."""
    return by.member.has_role(Role.COORDINATOR)


def may_name_stewards(by: Acting, *, organisation: Member) -> bool:
    """Coordinators and an organisation's stewards say who else acts for it."""
    return may_act_for(by.member, organisation) and by.member != organisation


def is_steward(member: Member, organisation: Member) -> bool:
    """Whether somebody acts for an organisation at this moment."""
    return (
        Stewardship.objects.in_force(clock.now())
        .filter(steward=member, organisation=organisation)
        .exists()
    )


def may_change_policy(by: Acting) -> bool:
    """Coordinators enter what the network decided (a vote will do so itself)."""
    return by.member.has_role(Role.COORDINATOR)


def may_follow_link(by: Acting, *, link: ActionLink) -> bool:
    """A link in a letter serves whom it was sent to, and stewards of an organisation."""
    if by.for_member != link.member:
        return False
    return by.member == link.member or is_steward(by.member, link.member)


def may_change_profile(by: Acting) -> bool:
    """Everybody tells of themselves; whoever acts for them may write it down."""
    return may_act_for(by.member, by.for_member)


def may_change_privacy(by: Acting) -> bool:
    """Everybody decides who sees what of them; whoever acts for them may write it down."""
    return may_act_for(by.member, by.for_member)


def may_block_member(by: Acting) -> bool:
    """Everybody may block another member; whoever acts for them may do it on their word."""
    return may_act_for(by.member, by.for_member)


def may_send_message(by: Acting) -> bool:
    """Every member may write to another; whoever acts for them may pass words on."""
    return may_act_for(by.member, by.for_member)


def may_read_messages(by: Acting) -> bool:
    """Only the two who write to each other read it, and stewards for an organisation."""
    return is_theirs(by)


def may_see_former_names(by: Acting) -> bool:
    """Coordinators see what somebody was called before they changed their name."""
    return by.member.has_role(Role.COORDINATOR)


def may_open_field(by: Acting, *, member: Member, field: str) -> bool:
    """Somebody's phone number or address is opened by those whom they show it to."""
    return field in eyes_of(by).may_open(member.profile)


def is_theirs(by: Acting) -> bool:
    """Whether somebody acts for themselves, or as a steward for their organisation."""
    return by.member == by.for_member or is_steward(by.member, by.for_member)


def eyes_of(by: Acting) -> Eyes:
    """Say with which eyes profiles are looked at: those of whoever sits there.

    Who acts for a member that phoned sees no more than by themselves; a steward sees all
    that their organisation tells.
    """
    own = {by.member.pk} | ({by.for_member.pk} if is_theirs(by) else set())
    teammates: set[int] = set()
    for _room, ids in teammates_asked.send(sender=Member, member=by.member):
        teammates |= ids  # type: ignore[arg-type]
    return Eyes(
        own=frozenset(own),
        is_coordinator=by.member.has_role(Role.COORDINATOR),
        teammates=frozenset(teammates),
    )


def may_see_to_letters(by: Acting) -> bool:
    """Coordinators see to letters that could not be delivered; nobody reads their text."""
    return by.member.has_role(Role.COORDINATOR)
