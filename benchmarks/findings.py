"""检查问题的例句模型,十折交叉验证:说得出的占多少、说对的占多少,按第一名高出第二名多少分;装了 ``meaning`` 的和没有装的。

用法:python benchmarks/findings.py。例句都是自编的,所以只说明模型,不说明别处的通报读得怎样。
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gongkai.adapters import meaning
from gongkai.adapters.readers.inspection import learning
from gongkai.adapters.readers.inspection.learning import Rows

FOLDS = 10
LEADS = (0.0, 0.03, 0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4)
Learn = Callable[[list[int], list[int]], Rows]


def with_meaning(vectors: Rows) -> Learn:
    """Scores of some sentences by a model of the others."""
    texts, labels = learning.sentences(), learning.labels()

    def learn(others: list[int], held: list[int]) -> Rows:
        learned, known = learning.learn(
            vectors[others], [texts[at] for at in others], [labels[at] for at in others], len(learning.codes())
        )
        rows = known.rows([texts[at] for at in held])
        by_grams = rows @ (known.rows([texts[at] for at in others]).T @ learned.dual)
        return learned.scores(learning.directed(vectors[held], learned.mean), by_grams)

    return learn


def by_grams(others: list[int], held: list[int]) -> Rows:
    """The same without vectors."""
    texts, labels = learning.sentences(), learning.labels()
    known = learning.learn_grams([texts[at] for at in others])
    rows = known.rows([texts[at] for at in others])
    weights = learning.solved(rows @ rows.T, [labels[at] for at in others], len(learning.codes()))
    return known.rows([texts[at] for at in held]) @ (rows.T @ weights)


def validated(learn: Learn) -> Rows:
    """The scores of every sentence by a model that did not see it."""
    count = len(learning.sentences())
    fold = np.random.RandomState(0).permutation(count) % FOLDS
    scores = np.zeros((count, len(learning.codes())), np.float32)
    for number in range(FOLDS):
        held = [int(at) for at in np.flatnonzero(fold == number)]
        others = [int(at) for at in np.flatnonzero(fold != number)]
        scores[held] = learn(others, held)
    return scores


def show(name: str, scores: Rows) -> None:
    """Precision and recall by lead; sentences of no rule (``none``) count against precision only."""
    labels = np.array(learning.labels())
    none = learning.codes().index("none")
    chosen, ordered = scores.argmax(axis=1), np.sort(scores, axis=1)
    leads = ordered[:, -1] - ordered[:, -2]
    print(f"{name}:{len(labels)}句,第一名就是的 {(chosen == labels).mean():.2f}")
    for lead in LEADS:
        said = (chosen != none) & (leads >= lead)
        right = said & (chosen == labels)
        print(
            f"  高出{lead:.2f}:准确 {right.sum() / max(1, said.sum()):.2f},召回 {right.sum() / (labels != none).sum():.2f}"
        )


def main() -> None:
    show("只用字", validated(by_grams))
    model = meaning.load()
    if model is not None:
        show("加上向量", validated(with_meaning(model.passages(learning.sentences()))))


if __name__ == "__main__":
    main()
