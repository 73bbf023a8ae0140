"""法律法规库:效力高低、地方、新旧版本。"""

import json
import lzma

from gongkai.search.laws import IN_FORCE, REPLACED, documents, plain_title, read_laws, replaced


def test_an_older_version_of_the_same_law_is_known(laws):
    assert {laws[number].title for number in replaced(laws)} == {"中华人民共和国公司登记法（2005年）"}


def test_parts_of_one_code_are_not_versions(laws):
    first, second = laws[2], laws[3]
    other = second.__class__(9, second.category, first.title, (), "", ())
    assert replaced([first, other]) == set()


def test_statutes_before_regulations_before_local_rules(laws):
    standing = {document.title: document.standing for document in documents(laws)}
    assert standing["收养登记法"] > standing["明湖收养登记办法"] > standing["滨江市收养登记若干规定"]
    assert standing["公司登记法（2005年）"] < standing["公司登记法"]


def test_what_is_replaced_is_marked(laws):
    validity = {document.title: document.validity for document in documents(laws)}
    assert validity["公司登记法（2005年）"] == REPLACED
    assert validity["公司登记法"] == IN_FORCE


def test_every_document_is_a_verbatim_piece_of_its_law(laws):
    by_group = {law.group: law for law in laws}
    for document in documents(laws):
        text = by_group[document.group].text
        assert text[document.start : document.start + len(document.body)] == document.body
        assert document.mark


def test_reading_plain_and_compressed(tmp_path):
    row = json.dumps(
        {"category": "行政法", "title": "甲法", "history": [], "text": "第一条 甲。\n第二条 乙。\n第三条 丙。"}
    )
    (tmp_path / "a.jsonl").write_text(row + "\n", "utf-8")
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress(row.encode()))
    plain, packed = (read_laws(tmp_path / name) for name in ("a.jsonl", "a.jsonl.xz"))
    assert plain == packed
    assert [one.label for one in plain[0].passages] == ["第一条", "第二条", "第三条"]


def test_titles_as_cited():
    assert plain_title("《中华人民共和国民法典》") == "民法典"
    assert plain_title("中华人民共和国公司法(2018修正)") == "公司法"
    assert plain_title("关于适用《中华人民共和国民法典》的解释（一）") == "关于适用民法典的解释（一）"
