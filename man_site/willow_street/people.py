"""What the neighbours of Willow Street tell of themselves: invented, every word of it."""

from dataclasses import dataclass

from man_site.willow_street.names import FOUNDER, MEMBER, NEIGHBOURS, TREASURER
from members.models import Role

# Name, what it lies in, and its centre (latitude, longitude); in this order.
PLACES = [
    ("Willow Street", None, 43.0910, -89.3620),
    ("Upper Willow", "Willow Street", 43.0948, -89.3596),
    ("The Mill", "Willow Street", 43.0885, -89.3655),
    ("Riverside", None, 43.0832, -89.3701),
    ("Orchard Hill", None, 43.1012, -89.3502),
    ("Station Quarter", None, 43.0768, -89.3789),
]
# Orientation, as this network does it.
STEPS = [
    (
        "A talk over coffee",
        "We tell each other what brought us here, and how an hour goes round.",
    ),
    (
        "Walk along with a neighbour",
        "An hour beside somebody who has been here for a while, helping out.",
    ),
    (
        "Read and sign the agreement",
        "One page, in plain words. Bring your questions.",
    ),
]
# What was decided over the years: rule, value, how many weeks ago, and where.
DECISIONS = [
    ("opening_floor", 1200, 103, "Founding meeting: nobody has to earn first"),
    ("welcome_minutes", 120, 40, "Members' meeting in spring, 31 of 36 votes"),
    ("membership_share", 2000, 40, "Members' meeting in spring, 28 of 36 votes"),
    ("dues", 1000, 40, "Members' meeting in spring, 27 of 36 votes"),
]


@dataclass(frozen=True, slots=True)
class Tells:
    """What one neighbour tells of themselves."""

    place: str
    about: str
    pronouns: str = ""
    languages: tuple[str, ...] = ("en",)
    phone: str = ""
    address: str = ""
    emergency: str = ""


TELLS = {
    FOUNDER: Tells(
        "Willow Street",
        "I began this with eleven others at my kitchen table. Ring me, I mean it: Tuesday "
        "and Thursday mornings I am at the phone with a pot of coffee.",
        "she/her",
        ("en", "es"),
        "608 555 0101",
        "14 Willow Street",
    ),
    MEMBER: Tells(
        "The Mill",
        "I drive, I bake, I know my way through county forms. What I can't do is anything "
        "with a ladder.",
        "she/her",
        ("en", "ig", "fr"),
        "608 555 0102",
        "3 Mill Lane, second floor",
        "My sister Ngozi, 608 555 0177",
    ),
    "Ben de Vries": Tells(
        "The Mill",
        "Bicycles, mostly. If it has a chain I will look at it. Father of two who like dogs "
        "better than homework.",
        "he/him",
        ("en", "nl"),
        "608 555 0103",
        "9 Mill Lane",
    ),
    TREASURER: Tells(
        "Upper Willow",
        "Retired bookkeeper. I like columns that add up, soup, and long walks by the river.",
        "he/him",
        ("en", "sv"),
        "608 555 0104",
        "31 Willow Street",
    ),
    "Ruth Abrams": Tells(
        "Riverside",
        "Piano teacher for forty years. My hip is not what it was, so I am glad of company on "
        "the way to the shops.",
        "she/her",
        ("en", "he"),
        "608 555 0105",
        "77 River Road",
        "Daniel (son), 608 555 0178",
    ),
    "Cleo Papadakis": Tells(
        "Station Quarter",
        "Night nurse. Asleep until two in the afternoon, then up for anything with plants.",
        "she/they",
        ("en", "el"),
        "608 555 0106",
        "5 Depot Street",
    ),
    "Dev Patel": Tells(
        "Orchard Hill",
        "Two apple trees, one ladder, no fear of heights. I also translate letters.",
        "he/him",
        ("en", "hi"),
        "608 555 0107",
        "2 Orchard Way",
    ),
    "Imani Brooks": Tells(
        "Riverside",
        "Hair, braids, and good advice that nobody asked for.",
        "she/her",
        ("en",),
        "608 555 0108",
        "81 River Road",
    ),
    "Edna Moreau": Tells(
        "Willow Street",
        "Ninety-one and no computer, thank you. I hem, I mend, I listen.",
        "she/her",
        ("en", "fr"),
        "608 555 0109",
        "20 Willow Street, ground floor",
        "Rosa Alvarez, next door",
    ),
    "Ole Dahl": Tells(
        "Upper Willow",
        "Was a ship's carpenter. Ring twice, I am slow to the phone.",
        "he/him",
        ("en", "nb"),
        "608 555 0110",
        "44 Willow Street",
    ),
    "Mei-Lin Zhou": Tells(
        "Station Quarter",
        "I draw, I teach drawing, and I sit with children while their parents breathe.",
        "she/her",
        ("en", "zh-hans"),
        "608 555 0111",
        "12 Depot Street",
    ),
    "Sam Whitefeather": Tells(
        "Orchard Hill",
        "Firewood, snow, gutters. In summer I am up north and you can have my tomatoes.",
        "they/them",
        ("en",),
        "608 555 0112",
        "19 Orchard Way",
    ),
}
assert set(TELLS) == set(NEIGHBOURS)

# What the others on the street tell, in turns.
OTHERS = [
    "New here since the spring. Glad to cook for more than two.",
    "I have a van and a strong back on Saturdays.",
    "Sewing machine, patience, and a radio that is always on.",
    "Ask me about tomatoes. Please don't ask me about computers.",
    "I read aloud, in the hospital or at your kitchen table.",
    "Twins, three years old. What I need most is an hour.",
    "Electrician by trade: I look, I explain, and what is safe to do we do together.",
    "Learning English, teaching Spanish. Walks are the best classroom.",
    "I dog-sit. The cat has agreed.",
    "Between jobs and happy to be useful.",
]
LANGUAGES = [("en",), ("en", "es"), ("en",), ("en", "hmn"), ("en", "fr"), ("en", "ar")]
ORGANISATIONS = {
    "Willow Street Bakery": (
        "The Mill",
        "Bread since 1961. What is left at six is yours.",
    ),
    "River Bend School": (
        "Riverside",
        "Two hundred children, one piano, many questions.",
    ),
    "Saint Anne's Kitchen": ("Station Quarter", "Supper at five, for whoever comes."),
}
# Who acts for them.
STEWARDS = {
    "Willow Street Bakery": [MEMBER, "Agnes Kowalska"],
    "River Bend School": ["Grace Mensah"],
    "Saint Anne's Kitchen": ["Cleo Papadakis", "Isaac Feldman"],
}
# Who share a roof.
HOUSEHOLDS = {
    "Mill Lane 9": ["Ben de Vries", "Jada Monroe"],
    "The Zhou-Satos": ["Mei-Lin Zhou", "Hana Sato"],
}
# Who carries which task, by which decision.
TASKS = [
    ("Grace Mensah", Role.COORDINATOR, "Members' meeting in spring"),
    ("Mei-Lin Zhou", Role.MEMBERSHIP, "Members' meeting in spring"),
    ("Isaac Feldman", Role.AUDITOR, "Elected in autumn, for two years"),
    ("Imani Brooks", Role.FACILITATOR, "Asked by the circle, one meeting at a time"),
]
DRIVERS = [MEMBER, "Sam Whitefeather", "Dwayne Carter", "Karl Hoffmann", "Priya Nair"]
ON_LEAVE = ["Sam Whitefeather"]
# Who would like to join: name, how they are reached, since how many days, their words, and
# how far they have come.
APPLICANTS = [
    (
        "Noor Haddad",
        "noor@willow.example",
        "",
        9,
        "Imani does my hair and told me about you. I can teach Arabic and mend phones.",
        2,
    ),
    (
        "Walter Lindgren",
        "",
        "608 555 0191",
        4,
        "Rang on Thursday. Lives alone on Orchard Hill, would like company for cards.",
        1,
    ),
    (
        "Paloma Vega",
        "paloma@willow.example",
        "",
        1,
        "Just moved to Depot Street with my mother. We both garden.",
        0,
    ),
]
MESSAGES = [
    (
        "Ben de Vries",
        MEMBER,
        2,
        "Your bread on Saturday was the best thing this week. Is the recipe a secret?",
    ),
    (MEMBER, "Ben de Vries", 1, "No secret, just patience. Come on Sunday at nine?"),
    ("Ruth Abrams", MEMBER, 0, "Could you look at a letter from the county with me?"),
]
