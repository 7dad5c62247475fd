"""What the network decided, and what members agreed to."""

from uuid import UUID

from members import clock
from members.acting import Acting
from members.actions import change_policy, publish_agreement_version, sign_agreement
from members.models import AgreementVersion, Channel, Member, Signature
from members.policies import Policy
from tests.make.values import acting, picture


def policy(by: Member, about: Policy, value, **words):
    decided = {"decision": "Members' meeting"} | words
    return change_policy(by=acting(by), policy=about, value=value, **decided)


def published(by: Member, text: str = "We are kind.", slug: str = "membership"):
    """The next text of an agreement."""
    return publish_agreement_version(
        by=acting(by),
        slug=slug,
        title="Membership agreement",
        text=text,
        decision="Members' meeting",
    )


def signature(member: Member, by: Acting | None = None, **words) -> Signature:
    """The membership agreement is signed, as it reads now."""
    version = AgreementVersion.objects.current("membership", clock.now())
    given = {"typed_name": member.name, "content_hash": version.content_hash}
    return sign_agreement(by=by or acting(member), version=version, **given | words)


def signed_paper(by: Member, member: Member) -> UUID:
    """The scan of a page that a member signed with a pen."""
    on_paper = Acting(by, for_member=member, channel=Channel.PAPER)
    scan = signature(member, on_paper, paper=picture().getvalue()).scan
    assert scan
    return scan.pk
