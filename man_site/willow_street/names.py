"""Who lives on Willow Street: invented names, and how they are reached."""

PASSWORD = "willow-by-the-river"  # noqa: S105 (invented people, on this machine alone)
FOUNDER = "Rosa Alvarez"
TREASURER = "Tomas Lind"
MEMBER = "Ana Okafor"
# The first few are there when the first page opens; they know each other for long.
NEIGHBOURS = [
    FOUNDER, MEMBER, "Ben de Vries", TREASURER, "Ruth Abrams", "Cleo Papadakis",
    "Dev Patel", "Imani Brooks", "Edna Moreau", "Ole Dahl", "Mei-Lin Zhou", "Sam Whitefeather",
]  # fmt: skip
# These move in while you look: the worker fills in the street behind the first page.
THE_STREET = [
    "Agnes Kowalska", "Arturo Medina", "Beatrix Holm", "Bilal Rahman", "Carmen Ruiz",
    "Chidi Eze", "Dorothea Klein", "Dwayne Carter", "Elif Demir", "Emil Sørensen",
    "Fatima Haddad", "Frank Novak", "Grace Mensah", "Gunnar Berg", "Hana Sato",
    "Hector Ibarra", "Ines Duarte", "Isaac Feldman", "Jada Monroe", "Joaquín Peña",
    "Kalinda Rao", "Karl Hoffmann", "Leila Nasser", "Liam O'Connor", "Lucía Torres",
    "Magnus Ek", "Marguerite Petit", "Nadia Petrova", "Nils Åkerman", "Odette Blanc",
    "Oskar Jansen", "Pilar Gómez", "Priya Nair", "Quentin Hughes", "Rafael Costa",
    "Signe Lund", "Soo-ah Kim", "Tanvi Shah", "Thandiwe Dube", "Ursula Weiss",
    "Viktor Horvat", "Wanda Olsen", "Xochitl Reyes", "Yusuf Aydin", "Zofia Mazur",
    "Willow Street Bakery", "River Bend School", "Saint Anne's Kitchen",
]  # fmt: skip
NO_EMAIL = {"Edna Moreau", "Ole Dahl", "Agnes Kowalska", "Gunnar Berg", "Ursula Weiss"}


def email_of(name: str) -> str | None:
    """Everybody's address is their first name; it leads nowhere."""
    return None if name in NO_EMAIL else f"{name.split()[0].lower()}@willow.example"
