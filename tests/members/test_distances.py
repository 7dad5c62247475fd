"""How far it is, as the crow flies."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from members.distances import EARTH, distance_km

points = some.tuples(
    some.floats(-90, 90, allow_nan=False), some.floats(-180, 180, allow_nan=False)
)
HALF_ROUND = 3.141592653589793 * EARTH


@given(points)
def test_nobody_is_away_from_where_they_are(point):
    assert distance_km(point, point) == 0


@given(points, points)
def test_there_is_as_far_as_back(a, b):
    assert distance_km(a, b) == pytest.approx(distance_km(b, a))


@given(points, points)
def test_nothing_is_farther_than_half_round_the_earth(a, b):
    assert 0 <= distance_km(a, b) <= HALF_ROUND * (1 + 1e-12)


@given(points, points, points)
def test_a_detour_is_never_shorter(a, b, c):
    assert distance_km(a, c) <= distance_km(a, b) + distance_km(b, c) + 1e-3


@given(points)
def test_the_other_side_is_half_round_the_earth(point):
    latitude, longitude = point
    other = (-latitude, longitude - 180 if longitude > 0 else longitude + 180)

    # Rounding moves the far end by some metres.
    assert distance_km(point, other) == pytest.approx(HALF_ROUND, abs=0.1)


@pytest.mark.parametrize(
    ("a", "b", "km"),
    [
        # Dam square in Amsterdam to the Dom tower in Utrecht.
        ((52.3731, 4.8926), (52.0907, 5.1214), 35.1),
        # One degree along the equator, and along a meridian: EARTH * pi / 180.
        ((0, 0), (0, 1), 111.195),
        ((43, -89), (44, -89), 111.195),
        # Madison, Wisconsin, to Allentown in the Lehigh Valley.
        ((43.0731, -89.4012), (40.6023, -75.4714), 1185.0),
    ],
)
def test_known_distances(a, b, km):
    assert distance_km(a, b) == pytest.approx(km, rel=0.003)
