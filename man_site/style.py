"""What the living style page shows: the tokens by name, and examples for each part."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

COLOURS = [
    ("paper", "the ground of each page"),
    ("card", "a surface on it"),
    ("ink", "what is read"),
    ("quiet", "what is read second"),
    ("line", "between two things"),
    ("edge", "around what is filled in"),
    ("leaf", "links, buttons, what is good"),
    ("leaf-deep", "the same, touched"),
    ("leaf-soft", "behind it"),
    ("on-leaf", "words on a button"),
    ("sun", "what wants a look, and the focus"),
    ("sun-soft", "behind it"),
    ("rose", "a refusal, a danger"),
    ("rose-soft", "behind it"),
]
SPACES = ["s1", "s2", "s3", "s4", "s5", "s6", "s7", "target"]
TYPES = ["small", "large", "huge", "sans", "round"]
SHAPES = ["radius", "radius-large", "shadow", "disc", "disc-ink"]


@dataclass(frozen=True)
class Neighbour:
    """Somebody to show; in no database."""

    pk: int
    name: str


EDNA, ANA, BEN = (
    Neighbour(1, "Edna Moreau"),
    Neighbour(3, "Ana Okafor"),
    Neighbour(5, "Ben de Vries"),
)


class EveryFieldForm(forms.Form):
    """One field of each kind."""

    what = forms.CharField(
        label="What do you need?",
        help_text="A few words that a neighbour understands.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say in a few words what you need."},
    )
    more = forms.CharField(label="Tell us more", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(
        label="Which kind of help?",
        choices=[
            ("", "Choose one"),
            ("errands", "Errands"),
            ("company", "Company"),
            ("garden", "Garden"),
        ],
        error_messages={"required": "Choose a kind, so that the right people see it."},
    )
    place = forms.ChoiceField(
        label="Where?",
        choices=[("home", "At my place"), ("away", "Somewhere else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say where."},
    )
    times = forms.MultipleChoiceField(
        label="When does it suit you?",
        required=False,
        choices=[
            ("Weekdays", [("wm", "Mornings"), ("we", "Evenings")]),
            ("Weekend", [("sm", "Saturday"), ("se", "Sunday")]),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label="Which day?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say which day."},
    )
    at = forms.TimeField(
        label="From",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    paper = forms.FileField(label="A picture or a paper", required=False)
    password = forms.CharField(
        label="Your password",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Write your password once more."},
    )
    told = forms.BooleanField(
        label="Tell me by letter when somebody answers",
        required=False,
        help_text="You can change this at any time.",
    )
    agreed = forms.BooleanField(
        label="I have talked about it with the person concerned",
        error_messages={"required": "Talk with them first, then tick this."},
    )


class FiltersForm(forms.Form):
    """What a list of needs is narrowed by."""

    q = forms.CharField(
        label="Look for a word or a name",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="Kind of help",
        required=False,
        choices=[("", "All"), ("errands", "Errands"), ("company", "Company")],
    )
    since = forms.DateField(
        label="Since", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


def refused_form() -> EveryFieldForm:
    """Make the form as somebody meets it who has left most of it open."""
    form = EveryFieldForm({"refused-more": "She is 84."}, prefix="refused")
    form.add_error(
        None, "Ana has asked for this already. Look at her request before you send it."
    )
    return form


def everything_shown() -> dict[str, Any]:
    """Gather what the style page shows."""
    return {
        "colours": COLOURS,
        "spaces": SPACES,
        "types": TYPES,
        "shapes": SHAPES,
        "edna": EDNA,
        "ana": ANA,
        "ben": BEN,
        "tabs": [
            ("/style/", "All parts"),
            ("#forms", "Forms", 2),
            ("#tables", "Tables"),
            ("#paper", "Paper"),
        ],
        "steps": [
            ("Asked", "done", "Ana asked on 3 May"),
            ("Somebody said yes", "now", "Waits for Ben since yesterday"),
            ("Hours recorded", "next"),
        ],
        "facts": [
            ("Balance", "4 h 30 min", "#tables"),
            ("Member since", date(2024, 5, 3)),
            ("Speaks", "English, Spanish"),
        ],
        "rows": [
            (ANA, "Drive to the clinic", "2 h", "calm", "Done"),
            (BEN, "Mending the garden gate before the storm", "45 min", "", "Waits"),
            (EDNA, "Company on Sunday", "1 h 15 min", "warning", "Disputed"),
        ],
        "numbered": Paginator(range(50), 10).page(2),
        "plain": EveryFieldForm(prefix="plain"),
        "refused": refused_form(),
        "filters": FiltersForm(prefix="filters"),
    }
