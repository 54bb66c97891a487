"""All contenders on all labelled sets: precision, recall and F1 in all and by kind, CPU seconds, memory."""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.linkage import contenders
from benchmarks.linkage.apart import Run, run
from benchmarks.linkage.people import Labelled, Pair, pair
from benchmarks.linkage.sets import SETS, built
from benchmarks.measure import Figure


@dataclass(frozen=True)
class Outcome:
    """One contender on one set; shares in percent; `threshold` is the score from which it does best there, 0 where it chose itself."""

    labelled: str
    contender: str
    precision: float
    recall: float
    recall_of: dict[str, float]
    wrong_of: dict[str, int]
    threshold: float
    cpu: float
    megabytes: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def outcomes(names: Iterable[str]) -> Iterator[Outcome]:
    """Each set built once, then each of these contenders on it, one after the other, each in a process of its own."""
    names = list(names)
    with tempfile.TemporaryDirectory() as folder:
        for label, make in SETS.items():
            labelled = make()
            build = built(labelled, Path(folder) / label)
            for contender in names:
                yield outcome(label, labelled, contender, run(contender, build))


def outcome(label: str, labelled: Labelled, contender: str, ran: Run) -> Outcome:
    """A run held against the labels: of Splink, at the threshold that gives it the best F1 on these very labels."""
    scored = {pair(a, b): score for a, b, score in ran.pairs}
    same = set().union(*labelled.same.values())
    threshold = best_threshold(scored, same) if contenders.package(contender) == "splink" else 0.0
    linked = {one for one, score in scored.items() if score >= threshold}
    return Outcome(
        label,
        contender,
        percent(len(linked & same), len(linked)),
        percent(len(linked & same), len(same)),
        {kind: percent(len(linked & pairs), len(pairs)) for kind, pairs in labelled.same.items()},
        {kind: len(linked & pairs) for kind, pairs in labelled.different.items()}
        | {"namesakes and others of the village": len(linked - same - set().union(*labelled.different.values()))},
        threshold,
        ran.cpu,
        ran.megabytes,
    )


def best_threshold(scored: dict[Pair, float], same: set[Pair]) -> float:
    """The score from which on F1 is highest, looked up in the labels: no user has them, so this is the most that Splink can do."""
    best, threshold, right = 0.0, 0.0, 0
    ranked = sorted(scored.items(), key=lambda item: -item[1])
    for number, (one, score) in enumerate(ranked, 1):
        right += one in same
        last_of_its_score = number == len(ranked) or ranked[number][1] < score
        if last_of_its_score and (f1 := 2 * right / (number + len(same))) > best:
            best, threshold = f1, score
    return threshold


def percent(part: int, whole: int) -> float:
    """In percent; nothing of nothing is 0."""
    return 100 * part / whole if whole else 0.0


def figures() -> Iterator[Figure]:
    """Ours always, libraries where they are installed; says which are not."""
    for one in outcomes(contenders.able()):
        name = f"linkage, {one.labelled}, {one.contender}"
        for measure, value in (("precision", one.precision), ("recall", one.recall), ("F1", one.f1)):
            yield Figure(f"{name}, {measure}", round(value, 1), "%")
        yield Figure(f"{name}, CPU", round(one.cpu, 2), "s")
        yield Figure(f"{name}, peak memory", round(one.megabytes), "MB")
    if missing := contenders.missing():
        yield Figure(f"linkage, libraries not installed here: {', '.join(missing)}", len(missing), "")
