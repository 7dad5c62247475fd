"""Members and all that belongs to them: each noun stands in the file of its name."""

from members.models.agreements import (
    MEMBERSHIP,
    Agreement,
    AgreementVersion,
    Scan,
    Signature,
)
from members.models.bookings import Booking
from members.models.credentials import Credential, CredentialKind
from members.models.deeds import DEEDS, DeedForAnother
from members.models.dues import Due, DuePayment
from members.models.finding import Found
from members.models.joining import (
    Answer,
    Application,
    Invitation,
    InvitationState,
    OrientationStep,
    Reference,
    StepTaken,
    Verdict,
)
from members.models.languages import COMMON, LANGUAGES, in_their_own_words
from members.models.letters import Letter
from members.models.life import FormerContact, LifeStep, Step
from members.models.links import ActionLink
from members.models.members import Member, MemberKind
from members.models.messages import Message
from members.models.names import NameChange, NameWord
from members.models.notices import Notice, NoticeChoice, NoticeHours, Pace
from members.models.organisations import Stewardship
from members.models.places import Household, Neighbourhood
from members.models.policies import PolicyStart, PolicyVersion
from members.models.privacy import Block, Opened
from members.models.profiles import (
    FIELDS,
    SENSITIVE,
    SHOWN,
    Audience,
    ContactWay,
    Eyes,
    Profile,
)
from members.models.recording import Channel, Recorded
from members.models.roles import Role, RoleGrant
from members.models.sign_in import SignInCode

__all__ = [
    "COMMON",
    "DEEDS",
    "FIELDS",
    "LANGUAGES",
    "MEMBERSHIP",
    "SENSITIVE",
    "SHOWN",
    "ActionLink",
    "Agreement",
    "AgreementVersion",
    "Answer",
    "Application",
    "Audience",
    "Block",
    "Booking",
    "Channel",
    "ContactWay",
    "Credential",
    "CredentialKind",
    "DeedForAnother",
    "Due",
    "DuePayment",
    "Eyes",
    "FormerContact",
    "Found",
    "Household",
    "Invitation",
    "InvitationState",
    "Letter",
    "LifeStep",
    "Member",
    "MemberKind",
    "Message",
    "NameChange",
    "NameWord",
    "Neighbourhood",
    "Notice",
    "NoticeChoice",
    "NoticeHours",
    "Opened",
    "OrientationStep",
    "Pace",
    "PolicyStart",
    "PolicyVersion",
    "Profile",
    "Recorded",
    "Reference",
    "Role",
    "RoleGrant",
    "Scan",
    "SignInCode",
    "Signature",
    "Step",
    "StepTaken",
    "Stewardship",
    "Verdict",
    "in_their_own_words",
]
