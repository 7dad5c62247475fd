"""What is asked for when a text is published, and when somebody signs it."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from members.forms.fields import decision_field
from members.models import Agreement
from members.pictures import drawn_anew
from members.plain_text import check_one_line

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

# Stands for a page of its own.
TAKEN = {"publish"}


class PublishAgreementVersionForm(forms.Form):
    """A text, and who decided it."""

    text = forms.CharField(
        label=_("What do we agree to?"),
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Plain words. An empty line begins a new paragraph."),
        error_messages={"required": _("Write down what is agreed to.")},
    )
    decision = decision_field()

    def __init__(self, agreement: Agreement | None, *args: Any, **kwargs: Any) -> None:
        self.agreement = agreement
        super().__init__(*args, **kwargs)

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        assert self.agreement, "a new one has a form of its own"
        return {
            "slug": self.agreement.slug,
            "title": self.agreement.title,
            **self.cleaned_data,
        }


class PublishAgreementForm(PublishAgreementVersionForm):
    """The first text of an agreement that is new here."""

    title = forms.CharField(
        label=_("What is it called?"),
        max_length=120,
        validators=[check_one_line],
        help_text=_("For example: Volunteer drivers' agreement"),
        error_messages={"required": _("Give it a name.")},
    )

    field_order = ["title", "text", "decision"]

    def clean_title(self) -> str:
        """A name of its own, from which an address can be made."""
        title = str(self.cleaned_data["title"])
        self.slug = slugify(title)[:40].strip("-")
        if not self.slug:
            raise forms.ValidationError(
                _("Use some letters from A to Z in the name, for its address."),
                code="no_slug",
            )
        if self.slug in TAKEN or Agreement.objects.filter(slug=self.slug).exists():
            raise forms.ValidationError(
                _(
                    "There is an agreement of this name. Publish a new text of that one."
                ),
                code="title_taken",
            )
        return title

    def deed(self) -> dict[str, Any]:
        """Say the clean form as the action takes it."""
        return {"slug": self.slug, **self.cleaned_data}


class SignAgreementForm(forms.Form):
    """One's name, under exactly the text that was shown."""

    typed_name = forms.CharField(
        label=_("Your name, as a signature"),
        max_length=80,
        validators=[check_one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your name to sign.")},
    )
    content_hash = forms.CharField(
        max_length=64,
        widget=forms.HiddenInput,
        error_messages={"required": _("Open this page afresh, then sign.")},
    )


class SignAgreementOnPaperForm(SignAgreementForm):
    """What somebody signed with a pen, and a picture of it."""

    paper = forms.FileField(
        label=_("A picture of the signed page"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPEG, PNG or WebP, up to 8 MB. Only the points are kept, no place and no camera."
        ),
        error_messages={
            "required": _("Add a picture of the signed page."),
            "invalid": _("The picture did not arrive. Choose it again."),
            "empty": _("This file is empty. Choose the picture again."),
        },
    )

    field_order = ["paper", "typed_name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["typed_name"]
        name.label = _("The name under the text")
        name.widget.attrs["autocomplete"] = "off"

    def clean_paper(self) -> bytes:
        """The picture, drawn anew."""
        upload: UploadedFile[bytes] = self.cleaned_data["paper"]
        assert upload.file is not None, "it is in memory"
        return drawn_anew(upload.file, size=upload.size or 0)
