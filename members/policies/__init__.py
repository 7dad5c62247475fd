"""The policies: every number that governs the network, read with `in_force`.

`register` is how a policy is declared and read; beside it stand those that this room lives
by, each in the module of its noun. Other rooms keep theirs in their own `policies`.
"""

from members.policies import joining, letters, life, money, people
from members.policies.register import (
    REGISTER,
    InForce,
    Measure,
    Policy,
    declare,
    in_force,
)

__all__ = [
    "REGISTER",
    "InForce",
    "Measure",
    "Policy",
    "declare",
    "in_force",
    "joining",
    "letters",
    "life",
    "money",
    "people",
]
