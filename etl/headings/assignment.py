"""One meaning for one heading over a whole sheet: the assignment of headings to columns with the most points in all."""

from collections.abc import Mapping

import numpy as np


def assign(points: Mapping[tuple[int, str], int]) -> dict[int, str]:
    """Heading -> column so that no column has two headings and the sum of points is greatest; pairs without points stay out.

    Shortest augmenting paths (Jonker and Volgenant), at most some sixty headings to a hundred columns.
    """
    headings = sorted({heading for heading, _ in points})
    names = sorted({name for _, name in points})
    if not headings:
        return {}
    cost = np.zeros((len(headings), len(names) + len(headings)))  # a column of its own for each heading that takes none
    for (heading, name), value in points.items():
        cost[headings.index(heading), names.index(name)] = -value
    taken = _least(cost)
    return {headings[row]: names[at] for row, at in enumerate(taken) if at < len(names) and cost[row, at] < 0}


def _least(cost: np.ndarray) -> list[int]:
    """For each row the place of its own in which the sum of costs is least; there are at least as many places as rows."""
    rows, places = cost.shape
    of_row, of_place = np.zeros(rows), np.zeros(places + 1)
    owner = np.full(places + 1, -1)  # of each place; the last is where a search begins
    for row in range(rows):
        owner[places] = row
        at, short, before, done = places, np.full(places, np.inf), np.full(places, places), np.zeros(places + 1, bool)
        while owner[at] >= 0:
            done[at] = True
            here = owner[at]
            open_places = ~done[:places]
            through = cost[here] - of_row[here] - of_place[:places]
            better = open_places & (through < short)
            short[better], before[better] = through[better], at
            step = np.where(open_places, short, np.inf)
            nearest = int(step.argmin())
            delta = step[nearest]
            of_row[owner[done]] += delta
            of_place[done] -= delta
            short[open_places] -= delta
            at = nearest
        while at != places:
            owner[at], at = owner[before[at]], before[at]
    found = [0] * rows
    for place, row in enumerate(owner[:places]):
        if row >= 0:
            found[row] = place
    return found
