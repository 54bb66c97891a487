"""Classes of the map: every value in the class whose range holds it, whatever the values are."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.map.classes import FEWER, METHODS, MORE, MOST, NOUGHT, SEQUENTIAL, classes, placed

every_method = pytest.mark.parametrize("method", METHODS)
COUNTS = st.lists(st.integers(0, 5_000), min_size=1, max_size=200)
# Linear RGB as three kinds of colour-blind eyes see it (Machado, Oliveira and Fernandes 2009, severity 1).
BLINDNESS = {
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(colour: str) -> np.ndarray:
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def lightness(rgb: np.ndarray) -> float:
    """L* of a linear colour, which is what a greyscale print keeps of it."""
    y = float(np.clip(rgb, 0, 1) @ [0.2126, 0.7152, 0.0722])
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def lab(rgb: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of a linear colour: distances in it are about what an eye sees."""
    xyz = np.clip(np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ rgb, 0, 1.1)
    x, y, z = np.cbrt(xyz / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@every_method
@given(values=COUNTS)
def test_every_value_lies_in_its_class_and_ranges_meet_without_a_gap(method: str, values: list[int]) -> None:
    scale = classes(values, method)
    for value, number in zip(values, placed(np.array(values), scale), strict=True):
        assert scale[number].low <= value <= scale[number].high
    positive = [c for c in scale if c.high > 0]
    assert all(a.high + 1 == b.low for a, b in itertools.pairwise(positive))
    assert len(positive) <= MOST and len({c.colour for c in scale}) == len(scale)
    assert (scale[0].low, scale[0].high) == (0, 0) if 0 in values else all(c.low > 0 for c in scale)
    if positive:
        assert (positive[0].low, positive[-1].high) == (min(v for v in values if v), max(values))


@every_method
@given(values=st.lists(st.integers(-300, 300), min_size=1, max_size=80))
def test_a_diverging_scale_is_the_same_on_both_sides_of_nought(method: str, values: list[int]) -> None:
    scale = classes(values, method, diverging=True)
    for value, number in zip(values, placed(np.array(values), scale), strict=True):
        assert scale[number].low <= value <= scale[number].high
    assert [(-c.high, -c.low) for c in reversed(scale)] == [(c.low, c.high) for c in scale]
    assert all(c.hatched == (c.low > 0) for c in scale)  # in greyscale the hatching tells more from fewer


@every_method
def test_no_values_no_classes(method: str) -> None:
    assert classes([], method) == []


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(ValueError, match="natural, quantile, equal"):
        classes([1, 2], "magic")


def test_natural_breaks_put_the_line_into_the_gap() -> None:
    values = [1, 2, 3, 50, 51, 52, 200, 201, 900, 905, 3000]
    assert [(c.low, c.high) for c in classes(values, "natural")] == [(1, 3), (4, 52), (53, 201), (202, 905), (906, 3000)]


def test_quantiles_hold_as_many_areas_each_and_equal_steps_are_equal() -> None:
    values = list(range(1, 101))
    assert [(c.low, c.high) for c in classes(values, "quantile")] == [(1, 20), (21, 40), (41, 60), (61, 80), (81, 100)]
    assert [(c.low, c.high) for c in classes([1, 7, 20, 33, 41, 100], "equal")] == [
        (1, 20),
        (21, 40),
        (41, 60),
        (61, 80),
        (81, 100),
    ]


def test_many_values_cost_no_more_than_their_sample() -> None:
    values = np.random.default_rng(2565).integers(1, 100_000, 50_000)
    assert len(classes(values, "natural")) == MOST


def test_shades_are_told_apart_in_greyscale_and_by_every_eye() -> None:
    steps = [lightness(linear(c)) for c in (NOUGHT, *SEQUENTIAL)]
    assert all(a - b >= 6 for a, b in itertools.pairwise(steps)), steps
    for matrix in BLINDNESS.values():
        perceived = [lightness(np.array(matrix) @ linear(c)) for c in SEQUENTIAL]
        assert all(a - b >= 6 for a, b in itertools.pairwise(perceived))


def test_more_and_fewer_are_told_apart_by_every_eye() -> None:
    for matrix in BLINDNESS.values():
        for fewer, more in zip(FEWER, MORE, strict=True):
            a, b = (lab(np.array(matrix) @ linear(c)) for c in (fewer, more))
            assert np.linalg.norm(a - b) > 15  # steps that an eye just sees are 2
