"""大小和数量的上限:够装真实公文,装不下炸弹。"""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """字节数、份数、倍数和秒数;单位见各行。"""

    file_bytes: int = 100 * MIB  # 一份文件
    text_bytes: int = 20 * MIB  # 一份纯文本或网页
    unpacked_bytes: int = 400 * MIB  # 一个压缩包解开后的总量
    archive_bytes: int = 400 * MIB  # 套在压缩包里的一个压缩包;整个放进内存
    unpacked_ratio: int = 200  # 单个成员的压缩倍数(小于 1 MiB 的不看)
    members: int = 5000  # 一个压缩包里的文件个数,连同套着的包
    nested: int = 2  # 压缩包套几层
    cells: int = 8_000_000  # 一张工作表从头到最远的一格占多少格
    pages: int = 2000  # PDF 页数
    convert_seconds: float = 90  # 用 LibreOffice 转换一份的时间


DEFAULT = Limits()
