"""造各种样式的要素栏:同一组值,写成各地网页的样子,看读不读得回来。"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Values:
    index: str
    subject: str
    issuer: str
    number: str
    made: str
    published: str
    validity: str
    title: str

    def expected(self) -> dict[str, str | None]:
        given = {
            "索引号": self.index,
            "主题分类": self.subject,
            "发布机构": self.issuer,
            "文号": self.number,
            "成文日期": self.made,
            "发布日期": self.published,
            "有效性": self.validity,
        }
        return {name: value or None for name, value in given.items()}


VALUES = (
    Values(
        "MH0101/2023-00018",
        "城乡建设、环境保护",
        "明湖区人民政府办公室",
        "明政办发〔2023〕18号",
        "2023-04-06",
        "2023-04-10",
        "有效",
        "明湖区人民政府办公室关于印发加装电梯补助办法的通知",
    ),
    Values(
        "11330211MB1234567A/2021-00051",
        "民政、扶贫、救灾",
        "明湖区民政局",
        "明民〔2021〕5号",
        "2021-11-02",
        "2021-11-08",
        "废止",
        "明湖区民政局关于规范临时救助的意见",
    ),
    Values(
        "000014349/2017-00110",
        "",
        "明湖区财政局",
        "",
        "2017-03-01",
        "2017-03-09",
        "",
        "明湖区财政局关于公布收费目录的公告",
    ),
    Values(
        "330211-025/2020-69502",
        "卫生、体育",
        "白鹭镇",
        "",
        "2020-12-01",
        "2020-12-05",
        "失效",
        "白鹭镇防汛应急预案",
    ),
)
BODY = "\n\n各有关单位：\n现将有关事项通知如下，请遵照执行，并参照国办发〔2019〕54号文件精神。\n"


def rows(v: Values) -> list[tuple[str, str]]:
    return [
        ("索引号", v.index),
        ("主题分类", v.subject),
        ("发文机关", v.issuer),
        ("成文日期", v.made),
        ("发文字号", v.number),
        ("发布日期", v.published),
        ("有效性", v.validity),
    ]


def a_line(v: Values) -> str:
    return "\n".join(f"{name}：{value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def two_a_line(v: Values) -> str:
    pairs = rows(v)
    lines = ["   ".join(f"{name}:{value}" for name, value in pairs[n : n + 2]) for n in range(0, len(pairs), 2)]
    return "\n".join(lines) + f"\n名称:{v.title}\n\n{v.title}" + BODY


def below(v: Values) -> str:
    return (
        "\n".join(f"  • {name}:\n\n    {value}" for name, value in rows(v))
        + f"\n  • 内容概述:\n\n{v.title}"
        + BODY
    )


def spaced(v: Values) -> str:
    names = {"索引号": "索 引 号", "有效性": "有 效 性"}
    return (
        "\n".join(f"{names.get(name, name)}: {value or '无'}" for name, value in rows(v))
        + f"\n标    题: {v.title}\n\n{v.title}"
        + BODY
    )


def one_line(v: Values) -> str:
    return (
        " ".join(f"{name}： {value or '无'}" for name, value in rows(v))
        + f" 来源：{v.issuer} 时间：{v.published} 16:19 打印 {v.title} 各有关单位："
    )


def bare(v: Values) -> str:
    return "\n".join(f"{name}\n{value}" if value else name for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def tabbed(v: Values) -> str:
    return "\n".join(f"{name}\t{value}" for name, value in rows(v)) + f"\n名称\t{v.title}\n\n{v.title}" + BODY


def table(v: Values) -> str:
    cells = "".join(f"<tr><td class='c1'>{name}</td><td>&nbsp;{value}</td></tr>" for name, value in rows(v))
    return f"<div><table>{cells}</table><h1>{v.title}</h1><div><p>各有关单位：</p><p>请遵照执行国办发〔2019〕54号。</p></div></div>"


def definition_list(v: Values) -> str:
    cells = "".join(f"<dt>{name}：</dt><dd>{value or '—'}</dd>" for name, value in rows(v))
    return f"<div><dl>{cells}</dl><h1>{v.title}</h1><p>各有关单位：</p><p>请遵照执行。</p></div>"


def bracketed(v: Values) -> str:
    return "\n".join(f"【{name}】：{value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def bars(v: Values) -> str:
    pairs = rows(v)
    lines = [
        "|" + "|".join(f"{name}|{value}" for name, value in pairs[n : n + 2]) + "|"
        for n in range(0, len(pairs), 2)
    ]
    return "\n".join(lines) + f"\n\n{v.title}" + BODY


def boxed(v: Values) -> str:
    return " ".join(f"【{name}】{value or '无'}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def across(v: Values) -> str:
    """Labels in one row, values in the next."""
    names, values = zip(*rows(v), strict=True)
    return "\t".join(names) + "\n" + "\t".join(value or "无" for value in values) + f"\n\n{v.title}" + BODY


def ruled(v: Values) -> str:
    """As across, drawn with bars and a rule."""
    names, values = zip(*rows(v), strict=True)
    lines = (" | ".join(names), "|".join("---" for _ in names), " | ".join(value or "无" for value in values))
    return "\n".join(f"| {line} |" for line in lines) + f"\n\n{v.title}" + BODY


def dashed(v: Values) -> str:
    return "\n".join(f"- {name} — {value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def square(v: Values) -> str:
    return "\n".join(f"[ {name} ]\n{value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def glued(v: Values) -> str:
    return "".join(f"{name}：{value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def unmarked(v: Values) -> str:
    """All on one line without a colon."""
    return " ".join(f"{name} {value or '无'}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def lenticular(v: Values) -> str:
    return "\n".join(f"〖{name}〗{value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


def renamed(v: Values) -> str:
    """Labels that are on no list."""
    names = {
        "索引号": "本件索引号",
        "主题分类": "信息主题分类",
        "发文机关": "公开责任部门",
        "成文日期": "公文生成日期",
        "发文字号": "备注/文号",
        "发布日期": "网上发布日期",
        "有效性": "文件有效性",
    }
    return "\n".join(f"{names[name]}：{value}" for name, value in rows(v)) + f"\n\n{v.title}" + BODY


STYLES = (
    a_line,
    two_a_line,
    below,
    spaced,
    one_line,
    bare,
    tabbed,
    table,
    definition_list,
    bracketed,
    bars,
    boxed,
    across,
    ruled,
    dashed,
    square,
    glued,
    unmarked,
    lenticular,
    renamed,
)
