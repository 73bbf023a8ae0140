"""改了检查问题的例句(gongkai/adapters/readers/inspection/examples.toml)以后,重新训练:``python scripts/learn_findings.py``。

要装 ``meaning``;约半分钟。权重写在例句旁边的 examples.npz。
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from gongkai.adapters import meaning
from gongkai.adapters.readers.inspection import learning


def main() -> None:
    model = meaning.load()
    if model is None:
        raise SystemExit("没有装 meaning，算不出句子的向量。")
    texts = learning.sentences()
    learned, _ = learning.learn(model.passages(texts), texts, learning.labels(), len(learning.codes()))
    learning.write(learned)
    print(f"{len(texts)}句，{len(learning.codes())}项。")


if __name__ == "__main__":
    main()
