"""查询码:对的认,错的不认;没有这一件的,同码不对一样。"""

from gongkai.org import codes


def test_a_code_opens_its_own_and_nothing_else():
    code, stored = codes.new_code("a")
    assert codes.matches(code.lower().replace("-", " "), stored, "a")
    assert not codes.matches(code, stored, "b")
    assert not codes.matches(code, None, "a")
