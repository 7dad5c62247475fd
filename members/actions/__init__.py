"""The deeds of this room."""

from members.actions.agreements import publish_agreement_version, sign_agreement
from members.actions.applications import (
    Asked,
    application_of,
    apply,
    decline_application,
    forget_applications,
    record_application,
    withdraw_application,
)
from members.actions.blocks import block_member, unblock_member
from members.actions.bookings import (
    book,
    book_time_away,
    move_booking,
    release_booking,
    release_time_away,
)
from members.actions.contests import answer_contest, contest_deed
from members.actions.credentials import (
    end_credential,
    grant_credential,
    warn_of_expiry,
)
from members.actions.departure import depart
from members.actions.digests import send_digests
from members.actions.dormant import ask_still_here, note_contact, still_here
from members.actions.dues import (
    give_back_share,
    record_due_payment,
    take_back_due_payment,
)
from members.actions.email_addresses import (
    ask_for_new_email,
    change_email,
    confirm_email,
    read_email_link,
)
from members.actions.forgetting import forget_former_contacts, forget_member
from members.actions.invitations import (
    Fate,
    Line,
    code_of,
    invitation_of,
    invitation_with_code,
    invite,
    invite_by_slip,
    invite_many,
    look_at_lines,
    withdraw_invitation,
)
from members.actions.leave import ask_whether_back, come_back, go_on_leave
from members.actions.letters import (
    forget_letters,
    put_away_letter,
    retry_letter,
    send_letters,
)
from members.actions.links import follow_link
from members.actions.messages import send_message
from members.actions.notices import choose_notices, mark_notices_read, stop_letters
from members.actions.opened import begin_acting, open_field
from members.actions.orientation import (
    add_step,
    change_step,
    move_step,
    name_reference,
    note_reference,
    retire_step,
    take_step,
)
from members.actions.places import (
    add_neighbourhood,
    change_neighbourhood,
    leave_household,
    set_household,
)
from members.actions.policies import begin_policies, change_policy
from members.actions.profiles import change_privacy, change_profile
from members.actions.roles import end_role, grant_role, keep_a_coordinator
from members.actions.sign_in import (
    end_sessions,
    end_sign_in_code,
    end_sign_in_codes,
    fits,
    open_by_code,
    print_sign_in_code,
    set_password,
    write_about_sign_in,
)
from members.actions.stewards import end_stewardship, make_steward
from members.actions.welcome import (
    found_network,
    welcome_applicant,
    welcome_member,
    welcome_somebody,
)

__all__ = [
    "Asked",
    "Fate",
    "Line",
    "add_neighbourhood",
    "add_step",
    "answer_contest",
    "application_of",
    "apply",
    "ask_for_new_email",
    "ask_still_here",
    "ask_whether_back",
    "begin_acting",
    "begin_policies",
    "block_member",
    "book",
    "book_time_away",
    "change_email",
    "change_neighbourhood",
    "change_policy",
    "change_privacy",
    "change_profile",
    "change_step",
    "choose_notices",
    "code_of",
    "come_back",
    "confirm_email",
    "contest_deed",
    "decline_application",
    "depart",
    "end_credential",
    "end_role",
    "end_sessions",
    "end_sign_in_code",
    "end_sign_in_codes",
    "end_stewardship",
    "fits",
    "follow_link",
    "forget_applications",
    "forget_former_contacts",
    "forget_letters",
    "forget_member",
    "found_network",
    "give_back_share",
    "go_on_leave",
    "grant_credential",
    "grant_role",
    "invitation_of",
    "invitation_with_code",
    "invite",
    "invite_by_slip",
    "invite_many",
    "keep_a_coordinator",
    "leave_household",
    "look_at_lines",
    "make_steward",
    "mark_notices_read",
    "move_booking",
    "move_step",
    "name_reference",
    "note_contact",
    "note_reference",
    "open_by_code",
    "open_field",
    "print_sign_in_code",
    "publish_agreement_version",
    "put_away_letter",
    "read_email_link",
    "record_application",
    "record_due_payment",
    "release_booking",
    "release_time_away",
    "retire_step",
    "retry_letter",
    "send_digests",
    "send_letters",
    "send_message",
    "set_household",
    "set_password",
    "sign_agreement",
    "still_here",
    "stop_letters",
    "take_back_due_payment",
    "take_step",
    "unblock_member",
    "warn_of_expiry",
    "welcome_applicant",
    "welcome_member",
    "welcome_somebody",
    "withdraw_application",
    "withdraw_invitation",
    "write_about_sign_in",
]
