"""What we agree to: each text as it reads and as it read, and signing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import actions, clock, permissions
from members.acting import Acting
from members.forms.agreements import (
    PublishAgreementForm,
    PublishAgreementVersionForm,
    SignAgreementForm,
    SignAgreementOnPaperForm,
)
from members.http import MemberRequest, oneself, page_of
from members.models import (
    MEMBERSHIP,
    Agreement,
    AgreementVersion,
    Channel,
    Member,
    Scan,
    Signature,
)


@require_safe
def agreements(request: MemberRequest) -> HttpResponse:
    """All that we agree to, and what of it I have signed."""
    me = request.acting.for_member
    versions = list(AgreementVersion.objects.in_force(clock.now()))
    mine = {
        signature.version_id: signature
        for signature in Signature.objects.filter(member=me, version__in=versions)
    }
    rows = [(version, mine.get(version.pk)) for version in versions]
    # What everybody signs comes first, then by name.
    rows.sort(
        key=lambda row: (
            row[0].agreement.slug != MEMBERSHIP,
            row[0].agreement.title.casefold(),
        )
    )
    page = {
        "rows": rows,
        "me": me,
        "membership": MEMBERSHIP,
        "may_publish": permissions.may_publish_agreement_version(request.acting),
    }
    return render(request, "members/agreements.html", page)


@require_safe
def agreement(request: MemberRequest, slug: str) -> HttpResponse:
    """The text that is in force, and the place to sign it."""
    version = _current(slug)
    return render(request, "members/agreement.html", _reading(request, version))


@require_safe
def agreement_version(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """One text as it was, or is: readable for ever."""
    version = get_object_or_404(
        AgreementVersion.objects.select_related("agreement"),
        agreement__slug=slug,
        number=number,
    )
    return render(request, "members/agreement.html", _reading(request, version))


def _reading(request: MemberRequest, version: AgreementVersion) -> dict[str, Any]:
    """What a page shows around a text."""
    me = request.acting.for_member
    versions = list(
        version.agreement.versions.select_related("recorded_by").order_by("-number")
    )
    earlier = next((one for one in versions if one.number < version.number), None)
    signature = Signature.objects.filter(version=version, member=me).first()
    is_current = version == versions[0]
    may_sign = permissions.may_sign_agreement(request.acting)
    is_open = is_current and not signature and me.left_at is None
    return {
        "version": version,
        "versions": versions,
        "current": versions[0],
        "changes": version.changes_since(earlier) if earlier else [],
        "earlier": earlier,
        "signature": signature,
        "me": me,
        "is_current": is_current,
        "form": _fresh(version) if is_open and may_sign else None,
        "needs_paper": is_open and not may_sign,
        "may_publish": permissions.may_publish_agreement_version(request.acting),
    }


def _fresh(version: AgreementVersion) -> SignAgreementForm:
    return SignAgreementForm(initial={"content_hash": version.content_hash})


def _current(slug: str) -> AgreementVersion:
    version = AgreementVersion.objects.current(slug, clock.now())
    if version is None:
        raise Http404
    return version


def sign_agreement(request: MemberRequest, slug: str) -> HttpResponse:
    """Agree to a text by typing one's name under it."""
    version = _current(slug)
    page = _reading(request, version)
    if page["needs_paper"]:
        return redirect(
            "members:sign-agreement-on-paper", slug, request.acting.for_member.pk
        )
    form = SignAgreementForm(request.POST) if request.POST else None
    if form and form.is_valid():
        try:
            signature = actions.sign_agreement(
                by=request.acting, version=version, **form.cleaned_data
            )
        except ValidationError as refusal:
            form = _again(SignAgreementForm, request, version, refusal)
        else:
            messages.success(request, _("Signed. Thank you."))
            return redirect(signature)
    page["form"] = form or page["form"]
    return render(
        request,
        "members/agreement.html",
        page,
        status=422 if form else 200,
    )


def sign_agreement_on_paper(request: MemberRequest, slug: str, pk: int) -> HttpResponse:
    """Enter what a member signed with a pen, with a picture of it."""
    member = get_object_or_404(Member.objects.present(), pk=pk)
    by = Acting(request.user, for_member=member, channel=Channel.PAPER)
    if not permissions.may_enter_signed_paper(by):
        raise PermissionDenied
    version = _current(slug)
    form = SignAgreementOnPaperForm(
        request.POST or None,
        request.FILES or None,
        initial={"content_hash": version.content_hash},
    )
    if form.is_valid():
        try:
            actions.sign_agreement(by=by, version=version, **form.cleaned_data)
        except ValidationError as refusal:
            form = _again(SignAgreementOnPaperForm, request, version, refusal)
        else:
            done = _("Entered: %(name)s signed on paper.") % {"name": member}
            messages.success(request, done)
            return redirect("members:unsigned", slug)
    page = {"form": form, "version": version, "member": member}
    return render(
        request,
        "members/sign_agreement_on_paper.html",
        page,
        status=422 if form.errors else 200,
    )


def _again(
    shape: type[SignAgreementForm],
    request: MemberRequest,
    version: AgreementVersion,
    refusal: ValidationError,
) -> Any:
    """Show the form with the refusal, over the text as it reads now."""
    typed = request.POST.copy()
    typed["content_hash"] = version.content_hash
    form = shape(typed, request.FILES or None)
    form.full_clean()
    form.add_error(None, refusal)
    return form


@require_safe
def unsigned(request: MemberRequest, slug: str) -> HttpResponse:
    """Who has not signed the text that is in force, for those who can help with it."""
    if not permissions.may_enter_signed_paper(request.acting):
        raise PermissionDenied
    version = _current(slug)
    signed = Signature.objects.filter(version=version, member=OuterRef("pk"))
    members = Member.objects.present().filter(~Exists(signed)).order_by("name", "pk")
    numbered = page_of(request, members)
    page = {
        "version": version,
        "numbered": numbered,
        "signed": Signature.objects.filter(version=version).count(),
    }
    return render(request, "members/unsigned.html", page)


def publish_agreement_version(
    request: MemberRequest, slug: str | None = None
) -> HttpResponse:
    """Put a decided text into force: the next of an agreement, or the first of a new one."""
    if not permissions.may_publish_agreement_version(request.acting):
        raise PermissionDenied
    agreement = get_object_or_404(Agreement, slug=slug) if slug else None
    current = AgreementVersion.objects.current(slug or "", clock.now())
    shape = PublishAgreementVersionForm if agreement else PublishAgreementForm
    begun = {"text": current.text if current else ""}
    form = shape(agreement, request.POST or None, initial=begun)
    if form.is_valid():
        try:
            version = actions.publish_agreement_version(
                by=oneself(request), **form.deed()
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Published. Everybody can read and sign it."))
            return redirect(version)
    page = {"form": form, "agreement": agreement, "current": current}
    return render(
        request,
        "members/publish_agreement_version.html",
        page,
        status=422 if form.errors else 200,
    )


@require_safe
def scan(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The picture of a signed page, for the one who signed and those who may see it."""
    found = get_object_or_404(Scan.objects.select_related("signature__member"), pk=pk)
    signature = getattr(found, "signature", None)
    if signature is None or not permissions.may_see_scan(
        request.acting, signer=signature.member
    ):
        raise Http404
    response = HttpResponse(bytes(found.jpeg), content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = 'inline; filename="signed.jpg"'
    return response
