"""网页的读法:正文按文字疏密找,不信容器的名字。"""

from .reading import read_html

__all__ = ["read_html"]
