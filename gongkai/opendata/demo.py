"""样本区的公共数据。"""

from gongkai.org.sample import District


def load(district: District) -> None:
    """Nothing yet."""
