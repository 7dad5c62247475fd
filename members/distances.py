"""How far it is from one place to another, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

# The mean radius of the Earth in kilometres, R1 of the IUGG (Moritz, Geodetic Reference
# System 1980, Journal of Geodesy 74, 2000).
EARTH = 6371.0088

# Latitude and longitude in degrees (WGS 84).
Point = tuple[float, float]


def distance_km(a: Point, b: Point) -> float:
    """Say how many kilometres lie between two points of the Earth's surface.

    Points are (latitude, longitude) in degrees; the Earth is taken for a sphere, which is
    at most half a percent off. The haversine formula (R. W. Sinnott, "Virtues of the
    Haversine", Sky and Telescope 68, 1984) stays exact for neighbours.
    """
    (south, west), (north, east) = (tuple(map(radians, point)) for point in (a, b))
    half_chord = (
        sin((north - south) / 2) ** 2
        + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    )
    return 2 * EARTH * asin(sqrt(min(1.0, half_chord)))
