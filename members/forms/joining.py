"""What is asked of those who want to join, and of those who write it down for them."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members import clock
from members.actions import Asked
from members.forms.fields import KeyedForm
from members.models import Channel, ContactWay, MemberKind, Neighbourhood, Verdict
from members.plain_text import check_lines, check_name, check_one_line

SIGNER = Signer(salt="members.form_opened")
A_DAY = 24 * 60 * 60
BY_HAND = [(c.value, c.label) for c in (Channel.PHONE, Channel.PAPER)]


class AskForm(KeyedForm):
    """What everybody tells of themselves when they ask to belong."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        validators=[check_name],
        help_text=_("As neighbours would call you; an organisation by its full name."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us your name.")},
    )
    kind = forms.ChoiceField(
        label=_("Who joins?"),
        choices=MemberKind,
        initial=MemberKind.PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who joins.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("E-mail or phone: one of them is enough."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "invalid": _("This is no e-mail address. It looks like name@example.org.")
        },
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        validators=[check_one_line],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    contact_way = forms.ChoiceField(
        label=_("How do we reach you best?"),
        choices=ContactWay,
        initial=ContactWay.EMAIL,
        widget=forms.RadioSelect,
    )
    neighbourhood = forms.ModelChoiceField(
        Neighbourhood.objects.none(),
        label=_("Neighbourhood"),
        required=False,
        empty_label=_("I don't know, or another"),
    )
    language = forms.ChoiceField(
        label=_("Language of your letters"), required=False, choices=()
    )
    words = forms.CharField(
        validators=[check_lines],
        label=_("A few words"),
        max_length=1000,
        required=False,
        help_text=_(
            "What brings you here, what you could use, what you like to do: whatever you "
            "want to tell."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, references: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["neighbourhood"]
        places.queryset = Neighbourhood.objects.by_name()
        if not places.queryset.exists():
            del self.fields["neighbourhood"]
        languages: Any = self.fields["language"]
        languages.choices = settings.LANGUAGES
        languages.initial = get_language()
        if len(settings.LANGUAGES) < 2:
            del self.fields["language"]
        self.references = [self._reference(number) for number in range(references)]

    def _reference(self, number: int) -> tuple[str, str]:
        """Ask for one person who knows them: a name, and how to reach them."""
        name, contact = f"reference_name_{number}", f"reference_contact_{number}"
        self.fields[name] = forms.CharField(
            label=_("Somebody who knows you"),
            max_length=80,
            required=False,
            validators=[check_name],
            help_text=_("A neighbour, a colleague, a teacher: whom may we ask?"),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        self.fields[contact] = forms.CharField(
            label=_("Their phone or e-mail"),
            max_length=120,
            required=False,
            validators=[check_one_line],
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
        return name, contact

    def clean(self) -> dict[str, Any]:
        """Let a reference have both, a name and a way to reach them."""
        words = super().clean() or self.cleaned_data
        for name, contact in self.references:
            if words.get(name) and not words.get(contact):
                self.add_error(contact, _("Tell us how we can reach them."))
            if words.get(contact) and not words.get(name) and name not in self.errors:
                self.add_error(name, _("Tell us who that is."))
        return words

    def asked(self) -> Asked:
        """Say the clean form as the actions take it."""
        words = self.cleaned_data
        named = [(words[name], words[contact]) for name, contact in self.references]
        return Asked(
            name=words["name"],
            kind=MemberKind(words["kind"]),
            email=words["email"],
            phone=words["phone"],
            contact_way=ContactWay(words["contact_way"]),
            neighbourhood=words.get("neighbourhood"),
            language=words.get("language") or settings.LANGUAGE_CODE,
            words=words.get("words", ""),
            references=tuple((name, contact) for name, contact in named if name),
        )


class ApplyForm(AskForm):
    """What a stranger is asked on the public page, and what keeps rubbish away."""

    # Nobody sees it; only programs fill it in. No `input`: some browsers fill those in.
    comment = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 1, "autocomplete": "off", "tabindex": "-1"}
        ),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, seconds: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seconds = seconds
        self.fields["opened"].initial = _stamp
        if self.references:
            first = self.fields[self.references[0][0]]
            first.help_text = _(
                "A neighbour, a colleague, a teacher. A coordinator calls them. You can "
                "leave it open, and tell us when we talk."
            )

    def clean(self) -> dict[str, Any]:
        """Refuse what no person would send, in words that help a person."""
        words = super().clean()
        if words.get("comment"):
            self._start_afresh("comment", "")
            raise forms.ValidationError(
                _(
                    "Something filled in a line that nobody sees; perhaps your browser "
                    "did. We emptied it. Look the form over and send it again."
                ),
                code="not_by_hand",
            )
        self._check_time(words.get("opened", ""))
        return words

    def _check_time(self, opened: str) -> None:
        """Refuse a form that was sent sooner than one can type, or opened long ago."""
        try:
            since = clock.now().timestamp() - int(SIGNER.unsign(opened))
        except (BadSignature, ValueError):
            since = A_DAY + 1
        if since > A_DAY:
            self._start_afresh("opened", _stamp())
            raise forms.ValidationError(
                _(
                    "This form lay open for more than a day. What you wrote is still "
                    "here: look it over and send it again."
                ),
                code="too_old",
            )
        if since < self.seconds:
            raise forms.ValidationError(
                _(
                    "That was quicker than anybody can type. What you wrote is still "
                    "here: wait a moment and send it again."
                ),
                code="too_quick",
            )

    def _start_afresh(self, field: str, value: str) -> None:
        """Show a field anew, and keep all other words."""
        self.data = {**dict(self.data.items()), field: value}


def _stamp() -> str:
    """Say, signed, at which second a form was opened."""
    return SIGNER.sign(str(int(clock.now().timestamp())))


class UseCodeForm(forms.Form):
    """The code from a slip."""

    code = forms.CharField(
        label=_("The code on your slip"),
        max_length=20,
        help_text=_("Eight letters and numbers, like KAFE-3947."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Type in the code of your slip.")},
    )


class RecordApplicationForm(AskForm):
    """An application that somebody tells by phone, or hands in on paper."""

    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=BY_HAND,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it reached you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak_of_them(self)


class WelcomeSomebodyForm(AskForm):
    """Somebody whom a coordinator knows, and welcomes without more ado."""

    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=[*BY_HAND, (Channel.WEB.value, _("in person"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how it reached you.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        speak_of_them(self)
        del self.fields["words"]
        self.fields["email"].help_text = _(
            "Leave it empty if they have none: they sign in with their member number and "
            "a printed code, or never."
        )


def speak_of_them(form: forms.Form) -> None:
    """Word the questions for whoever writes down another's answers."""
    them: dict[str, tuple[Any, Any]] = {
        "name": (_("Name"), _("As neighbours would call them.")),
        "contact_way": (_("How do we reach them best?"), ""),
        "language": (_("Language of their letters"), ""),
        "words": (
            _("A few words"),
            _("What brings them here, what they could use, what they like to do."),
        ),
        "reference_name_0": (
            _("Somebody who knows them"),
            _("A neighbour, a colleague, a teacher: whom may we ask?"),
        ),
    }
    for name, (label, help_text) in them.items():
        if name in form.fields:
            form.fields[name].label, form.fields[name].help_text = label, help_text
    for name in ("name", "email", "phone"):
        form.fields[name].widget.attrs["autocomplete"] = "off"


class DeclineApplicationForm(forms.Form):
    """Why somebody is not welcomed."""

    words = forms.CharField(
        validators=[check_lines],
        label=_("The reason, in words to them"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Give them a reason, in a few kind words.")},
    )


class NameReferenceForm(forms.Form):
    """Somebody who could vouch for an applicant."""

    name = forms.CharField(
        label=_("Who knows them?"),
        max_length=80,
        validators=[check_name],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write down who it is.")},
    )
    contact = forms.CharField(
        label=_("Their phone or e-mail"),
        max_length=120,
        validators=[check_one_line],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write down how to reach them.")},
    )


class NoteReferenceForm(forms.Form):
    """What somebody said who was asked."""

    verdict = forms.ChoiceField(
        label=_("What do they say?"),
        choices=Verdict,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether they vouch.")},
    )
    words = forms.CharField(
        validators=[check_lines],
        label=_("In their words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StepForm(forms.Form):
    """One step of the orientation."""

    title = forms.CharField(
        label=_("Step"),
        max_length=80,
        validators=[check_one_line],
        error_messages={"required": _("Give the step a name.")},
    )
    about = forms.CharField(
        validators=[check_lines],
        label=_("What happens there"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
