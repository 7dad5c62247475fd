"""How the neighbours of Willow Street belong: places, tasks, promises, and who comes next."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from man_site.willow_street.names import FOUNDER, TREASURER
from man_site.willow_street.people import (
    APPLICANTS,
    DECISIONS,
    DRIVERS,
    HOUSEHOLDS,
    LANGUAGES,
    MESSAGES,
    ON_LEAVE,
    ORGANISATIONS,
    OTHERS,
    PLACES,
    STEPS,
    STEWARDS,
    TASKS,
    TELLS,
    Tells,
)
from members import actions, clock, policies
from members.acting import Acting
from members.models import (
    MEMBERSHIP,
    AgreementVersion,
    Channel,
    CredentialKind,
    Due,
    Household,
    Member,
    MemberKind,
    Neighbourhood,
    OrientationStep,
)

OURS = UUID("5b0e3f0e-9a5e-4c55-8a3b-3d7c6f0a1957")


def key_of(words: str) -> UUID:
    """The key under which a deed of the demo is done once, however often it is tried."""
    return uuid5(OURS, words)


def lay_out(by: Acting) -> None:
    """The parts of town, and the steps of orientation as this network takes them."""
    for name, within, latitude, longitude in PLACES:
        actions.add_neighbourhood(
            by=by,
            name=name,
            parent=Neighbourhood.objects.filter(name=within).first(),
            latitude=latitude,
            longitude=longitude,
        )
    for step in OrientationStep.objects.in_use():
        actions.retire_step(by=by, step=step)
    for title, about in STEPS:
        actions.add_step(by=by, title=title, about=about)


def decide(by: Acting, today: datetime) -> None:
    """Enter what was decided over the years, each as of its day."""
    for rule, value, weeks_ago, decision in DECISIONS:
        with clock.as_of(today - timedelta(weeks=weeks_ago)):
            actions.change_policy(
                by=by, policy=policies.REGISTER[rule], value=value, decision=decision
            )


def introduce(member: Member, place: int) -> None:
    """Let a neighbour say who they are, and sign the agreement: all but every ninth did."""
    me = Acting.as_oneself(member)
    tells = TELLS.get(member.name) or tells_of(member, place)
    actions.change_profile(
        by=me,
        name=member.name,
        pronouns=tells.pronouns,
        about=tells.about,
        languages=list(tells.languages),
        neighbourhood=Neighbourhood.objects.get(name=tells.place),
        phone=tells.phone,
        address=tells.address,
        emergency=tells.emergency,
    )
    if member.kind == MemberKind.PERSON and place % 9:
        sign(me)


def tells_of(member: Member, place: int) -> Tells:
    """What those of the street tell whom nobody wrote about."""
    if member.name in ORGANISATIONS:
        where, about = ORGANISATIONS[member.name]
        return Tells(where, about, phone=f"608 555 02{place:02}")
    return Tells(
        place=PLACES[place % len(PLACES)][0],
        about=OTHERS[place % len(OTHERS)],
        languages=LANGUAGES[place % len(LANGUAGES)],
        phone=f"608 555 03{place:02}",
        address=f"{10 + 3 * place} Willow Street" if place % 3 else "",
    )


def sign(me: Acting) -> None:
    """Sign the membership agreement as it reads at the moment."""
    version = AgreementVersion.objects.current(MEMBERSHIP, clock.now())
    assert version, "the network was founded with its agreement"
    actions.sign_agreement(
        by=me,
        version=version,
        typed_name=me.member.name,
        content_hash=version.content_hash,
    )


def belong_together(rosa: Member) -> None:
    """Tasks, stewards, households, drivers, dues, and who comes and goes. Done once."""
    if Household.objects.exists():
        return
    by = Acting.as_oneself(rosa)
    people = {member.name: member for member in Member.objects.present()}
    share_roofs(by, people)
    with clock.as_of(clock.now() - timedelta(weeks=30)):
        carry_tasks(by, people)
    for name in ON_LEAVE:
        until = clock.today() + timedelta(days=60)
        actions.go_on_leave(by=Acting.as_oneself(people[name]), until=until)
    pay_dues(people)
    apply_and_write(people)


def share_roofs(by: Acting, people: dict[str, Member]) -> None:
    """Who acts for an organisation, and who lives with whom."""
    for organisation, stewards in STEWARDS.items():
        for name in stewards:
            actions.make_steward(
                by=by, organisation=people[organisation], steward=people[name]
            )
    for household, (first, *others) in HOUSEHOLDS.items():
        shared = actions.set_household(by=by, member=people[first], name=household)
        for name in others:
            actions.set_household(by=by, member=people[name], household=shared)


def carry_tasks(by: Acting, people: dict[str, Member]) -> None:
    """Who carries which task, and who is an approved driver, until when."""
    for name, role, decision in TASKS:
        actions.grant_role(by=by, member=people[name], role=role, decision=decision)
    today = clock.today()
    for place, name in enumerate(DRIVERS):
        actions.grant_credential(
            by=by,
            member=people[name],
            kind=CredentialKind.DRIVER,
            granted_on=today - timedelta(days=500 - 20 * place),
            expires_on=today + timedelta(days=230 + 90 * place),
        )


def pay_dues(people: dict[str, Member]) -> None:
    """Two in three have paid their share and this year's dues; the treasurer wrote it down."""
    by = Acting.as_oneself(people[TREASURER])
    today = clock.today()
    persons = [one for one in people.values() if one.kind == MemberKind.PERSON]
    for place, member in enumerate(sorted(persons, key=lambda one: one.number)):
        if place % 3 == 2:
            continue
        for what, cents in ((Due.SHARE, 2000), (Due.DUES, 1000)):
            actions.record_due_payment(
                by=by,
                member=member,
                what=what,
                cents=cents,
                paid_on=today - timedelta(days=5 * place + 3),
                key=key_of(f"{what} of {member.name}"),
            )


def apply_and_write(people: dict[str, Member]) -> None:
    """Who would like to join, and what neighbours wrote to each other these days."""
    rosa = Acting.as_oneself(people[FOUNDER])
    now = clock.now()
    steps = list(OrientationStep.objects.in_use())
    for name, email, phone, days_ago, words, taken in APPLICANTS:
        asked = actions.Asked(name=name, email=email, phone=phone, words=words)
        with clock.as_of(now - timedelta(days=days_ago)):
            if email:
                application = actions.apply(key=key_of(name), asked=asked)
            else:
                application = actions.record_application(
                    by=rosa, key=key_of(name), asked=asked, channel=Channel.PHONE
                )
        assert application, "nobody of this name applied before"
        for step in steps[:taken]:
            actions.take_step(by=rosa, application=application, step=step)
    for sender, receiver, days_ago, words in MESSAGES:
        with clock.as_of(now - timedelta(days=days_ago, hours=2)):
            actions.send_message(
                by=Acting.as_oneself(people[sender]),
                receiver=people[receiver],
                words=words,
                key=key_of(words),
            )
