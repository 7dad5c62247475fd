"""Who acts for an organisation."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import clock, permissions
from members.acting import Acting
from members.deeds import deed
from members.models import Member, MemberKind, Stewardship
from members.notices import Kind, declare, in_language_of, notify
from members.refusals import left

STEWARDSHIP_CHANGED = declare(
    Kind("stewardship_changed", gettext_lazy("For which organisation I act"))
)


@deed(words=gettext_lazy("named somebody who acts for the organisation"))
def make_steward(*, by: Acting, organisation: Member, steward: Member) -> Stewardship:
    """Let a member act for an organisation from now on. Whoever does already goes on."""
    if not permissions.may_name_stewards(by, organisation=organisation):
        raise PermissionDenied
    organisation, steward = _locked(organisation, steward)
    _check_pair(organisation, steward)
    now = clock.now()
    stewardship, is_new = Stewardship.objects.get_or_create(
        organisation=organisation,
        steward=steward,
        ended_at=None,
        defaults=by.recorded(now),
    )
    if is_new and steward != by.member:
        with in_language_of(steward):
            headline = _("You act for %(name)s from now on") % {"name": organisation}
            _tell(stewardship, headline, "members/notices/steward_made.txt")
    if is_new:
        _tell_the_others(stewardship, by)
    return stewardship


@deed(words=gettext_lazy("noted that somebody acts for the organisation no more"))
def end_stewardship(*, by: Acting, stewardship: Stewardship) -> Stewardship:
    """Let a member act for an organisation no more; somebody else must still do so."""
    organisation = stewardship.organisation
    if not permissions.may_name_stewards(by, organisation=organisation):
        raise PermissionDenied
    organisation, _steward = _locked(organisation, stewardship.steward)
    now = clock.now()
    row = Stewardship.objects.select_related("organisation", "steward").get(
        pk=stewardship.pk
    )
    if row.ended_at:
        return row
    others = (
        Stewardship.objects.serving(now)
        .filter(organisation=organisation)
        .exclude(pk=row.pk)
    )
    if organisation.left_at is None and not others.exists():
        raise ValidationError(
            _(
                "Nobody else acts for %(name)s. First name somebody who takes over, then "
                "%(steward)s can stop."
            ),
            code="last_steward",
            params={"name": organisation, "steward": row.steward},
        )
    row.ended_at, row.ended_by = now, by.member
    row.save(update_fields=["ended_at", "ended_by"])
    if row.steward != by.member and row.steward.left_at is None:
        with in_language_of(row.steward):
            headline = _("You act for %(name)s no more") % {"name": organisation}
            _tell(row, headline, "members/notices/stewardship_ended.txt")
    return row


def _check_pair(organisation: Member, steward: Member) -> None:
    """An organisation that is here, and a person who is here."""
    if organisation.kind != MemberKind.ORGANISATION:
        raise ValidationError(
            _("%(name)s is a person. Only an organisation has others who act for it."),
            code="not_an_organisation",
            params={"name": organisation},
        )
    if steward.kind != MemberKind.PERSON:
        raise ValidationError(
            _("Only a person can act for an organisation. Choose one of its people."),
            code="not_a_person",
        )
    for one in (organisation, steward):
        if one.left_at:
            raise left(
                one, _("%(name)s has left the network. Choose somebody who is here.")
            )


def _locked(organisation: Member, steward: Member) -> tuple[Member, Member]:
    """Both rows, locked by id, so that two who end each other come one after the other."""
    both = Member.objects.filter(pk__in=[organisation.pk, steward.pk]).all_held()
    return both[organisation.pk], both[steward.pk]


def _tell_the_others(stewardship: Stewardship, by: Acting) -> None:
    """Whoever acts for it already hears of the new one: nobody comes in unseen."""
    organisation = stewardship.organisation
    others = Stewardship.objects.serving(clock.now()).filter(organisation=organisation)
    others = others.exclude(steward__in=[stewardship.steward, by.member])
    for other in others.select_related("steward").order_by("pk"):
        with in_language_of(other.steward):
            words = {"who": stewardship.steward, "name": organisation}
            headline = _("%(who)s acts for %(name)s too, from now on") % words
            template = "members/notices/steward_joined.txt"
            _tell(stewardship, headline, template, reader=other.steward)


def _tell(
    stewardship: Stewardship,
    headline: str,
    template: str,
    *,
    reader: Member | None = None,
) -> None:
    notify(
        reader or stewardship.steward,
        kind=STEWARDSHIP_CHANGED,
        subject=_("About an organisation that you act for"),
        headline=headline,
        template=template,
        context={
            "organisation": stewardship.organisation,
            "stewardship": stewardship,
        },
        about=stewardship,
        at=stewardship.ended_at or stewardship.recorded_at,
    )
