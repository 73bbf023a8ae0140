"""检索引擎的两种错:别人正在写;还没有建。"""


class IndexBusy(Exception):
    """Another process is writing to this index; try again later."""

    def __init__(self) -> None:
        super().__init__("检索库正在由另一个进程写入。请稍后再试。")


class NoIndex(Exception):
    """There is no index in this folder, or one of an older make."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"“{folder}”里没有可用的检索库。请先重建检索库。")
