"""Names that read as they look."""

import pytest
from django.core.exceptions import ValidationError

from members.plain_text import check_name


@pytest.mark.parametrize(
    "name",
    [
        "Rosa Alvarez",
        "Liam O'Connor",
        "Lucía Åkerman-Peña",
        "Мария Петрова",
        "Anna Мария",
        "Ελένη Παπαδάκη",
        "Eleni-Ελένη",
        "王 Wang",
        "王小明",
        "山田 タロウ",
        "محمد علي",
        "José García 3.",
        "Ян ван дер Мэй",
        "B2B Büro (Café № 5)",
    ],
)
def test_names_of_all_the_world_are_taken(name):
    check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Rоsa Alvarez",  # a Cyrillic о
        "Ana Okаfor",  # a Cyrillic а
        "Αna",  # a Greek Α
        "Ben de Vriеs",
        "O'Cоnnor",  # the apostrophe parts nothing
        "R\u200bоsa",  # nor does what nobody sees
        "Rо\u0301sa",  # nor an accent
        "Ｒоsa",  # a wide R stands for R
        "𝐑оsa",  # and so does a bold one
        "Ꭺna",  # Cherokee
    ],
)
def test_a_word_of_two_alphabets_is_refused(name):
    with pytest.raises(ValidationError) as caught:
        check_name(name)

    assert caught.value.code == "mixed_scripts"
