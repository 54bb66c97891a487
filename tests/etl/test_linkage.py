"""The labelled sets of the linkage benchmark: what is measured on them is worth no more than their labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.linkage.compare import best_threshold
from benchmarks.linkage.people import Labelled
from benchmarks.linkage.sets import SETS


@pytest.fixture(scope="module", params=SETS)
def labelled(request: pytest.FixtureRequest) -> Labelled:
    return SETS[request.param]()


def test_each_record_is_there_once_and_each_label_is_of_two_records(labelled):
    keys = [person.key for person in labelled.people]
    assert len(keys) == len(set(keys))
    pairs = set().union(*labelled.same.values(), *labelled.different.values())
    assert all(a < b for a, b in pairs) and {key for pair in pairs for key in pair} <= set(keys)


def test_no_pair_is_labelled_one_and_two(labelled):
    same = set().union(*labelled.same.values())
    assert same.isdisjoint(set().union(*labelled.different.values())) and same


scores = st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), st.integers(-3, 3), min_size=1)


@given(scored=scores, same=st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), min_size=1))
def test_the_threshold_given_to_splink_is_the_best_of_all(scored, same):
    def f1(threshold: float) -> float:
        linked = {one for one, score in scored.items() if score >= threshold}
        return 2 * len(linked & same) / (len(linked) + len(same))

    assert f1(best_threshold(scored, same)) == max(f1(threshold) for threshold in [*scored.values(), 0.0]) or not same & set(
        scored
    )
