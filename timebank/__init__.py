"""Hours: help that neighbours gave each other, and what it did to their hours.

Nouns: **exchange** (help that was given, by a **giver** to a **receiver**), **statement**
(a member's hours, line by line). Deeds: record an exchange. The hours move when it is
recorded, from receiver to giver, and whoever did not record it is told.
"""
