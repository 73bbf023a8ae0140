"""两版对照:段落对得上,段内逐词标出,要素和附件也在内。"""

from gongkai.records import actions, review
from gongkai.records.compare import ALIKE
from tests.records.office import AT


def pair(office, old: str, new: str, **values):
    def body(text):
        return "".join(f"<p>{line}</p>" for line in text.split("\n"))

    before = office.draft(body=body(old))
    after = office.draft(body=body(new), **values)
    return [(block.old, block.new) for block in review.compare(before, after) if block.changed]


def test_equal_editions_have_no_change(office):
    assert pair(office, "第一条\n第二条", "第一条\n第二条") == []


def test_changed_words_are_marked_inside_the_paragraph(office):
    assert pair(office, "申请人应当在15日内提交材料。", "申请人应当在20日内提交材料。") == [
        (
            (("same", "申请人应当在"), ("del", "15"), ("same", "日内提交材料。")),
            (("same", "申请人应当在"), ("ins", "20"), ("same", "日内提交材料。")),
        )
    ]


def test_an_inserted_paragraph_does_not_shift_the_rest(office):
    old = "第一条 为了规范公开工作，制定本办法。\n第二条 本办法适用于本区各单位。"
    new = "第一条 为了规范公开工作，制定本办法。\n第一条之一 公开以公开为常态。\n第二条 本办法适用于本区各机关。"
    changes = pair(office, old, new)
    assert changes[0] == ((), (("ins", "第一条之一 公开以公开为常态。"),))
    assert changes[1][0][-2:] == (("del", "单位"), ("same", "。"))
    assert changes[1][1][-2:] == (("ins", "机关"), ("same", "。"))
    assert len(changes) == 2


def test_paragraphs_that_are_not_alike_stand_alone(office):
    assert 0 < ALIKE < 1
    assert pair(office, "申请材料清单", "监督电话") == [
        ((("del", "申请材料清单"),), ()),
        ((), (("ins", "监督电话"),)),
    ]


def test_nothing_is_lost_in_the_marking(office):
    old, new = "甲乙丙丁\n戊己庚辛", "甲乙丙\n丁戊己庚\n辛壬"
    blocks = review.compare(
        office.draft(body="".join(f"<p>{line}</p>" for line in old.split("\n"))),
        office.draft(body="".join(f"<p>{line}</p>" for line in new.split("\n"))),
    )
    left = ["".join(text for _, text in block.old) for block in blocks if block.old]
    right = ["".join(text for _, text in block.new) for block in blocks if block.new]
    assert left[-2:] == old.split("\n") and right[-3:] == new.split("\n")


def test_elements_and_attachments_are_compared(office):
    before, after = office.draft(), office.draft(doc_number="明政办发〔2024〕7号", expires_on=AT.date())
    actions.attach(after, "表.txt", "一".encode(), by=office.clerk, at=AT)
    added = [block.new[0][1] for block in review.compare(before, office.fresh(after)) if block.changed]
    assert added[:2] == ["文号：明政办发〔2024〕7号", "有效期至：2024-09-03"] and added[2].startswith(
        "附件：表.txt"
    )


def test_long_texts_are_compared_in_bounded_work(office):
    """A whole text that was replaced: pairs are limited, so this ends (the suite's own limit would stop it)."""
    old = "\n".join(f"第{n}条 旧的内容{n * 7 % 13}" for n in range(400))
    new = "\n".join(f"新的第{n}款 全然不同{n * 5 % 11}" for n in range(400))
    changes = pair(office, old, new)
    assert sum(bool(block[0]) for block in changes) >= 400
