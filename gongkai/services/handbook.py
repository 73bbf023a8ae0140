"""办事一本通的内容:同指南同源,PDF 和 EPUB 用同一份。一事项一页八问,三个索引,五张附表。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from gongkai.adapters import epub, qr
from gongkai.adapters.render.handbook import (
    Answer,
    Appendix,
    Entry,
    GuidePage,
    IndexGroup,
    MaterialRow,
)
from gongkai.adapters.render.handbook import Handbook as Book
from gongkai.adapters.render.handbook import Index as BookIndex
from gongkai.law.marks import long_day
from gongkai.org import site

from .joining import why
from .models import Cooperation, FeeItem, Guide, Handbook, Intermediary, Version
from .terms import Audience, GuideState, Need, Online, Stage, Theme

DISCLAIMER = "内容如有变动，以办事窗口和网上平台的最新版为准；扫各页的二维码看现在的。"


def versions(guides: Iterable[Guide] | None = None) -> list[Version]:
    """The live versions that a handbook holds, by department."""
    rows = Version.objects.filter(stage=Stage.LIVE, guide__state__in=(GuideState.LIVE, GuideState.PAUSED))
    if guides is not None:
        rows = rows.filter(guide__in=guides)
    return list(rows.select_related("guide__agency").order_by("guide__agency__order", "name", "pk"))


def is_stale(handbook: Handbook) -> int:
    """How many guides changed, came or went since it was made; 0 while it is still right."""
    inside = dict(handbook.entries.values_list("guide", "version"))
    live = dict(
        Version.objects.filter(
            stage=Stage.LIVE, guide__state__in=(GuideState.LIVE, GuideState.PAUSED)
        ).values_list("guide", "pk")
    )
    return sum(inside.get(guide) != live.get(guide) for guide in inside.keys() | live.keys())


def book(
    found: Sequence[Version], title: str, number: int, area: str, on: date, address: Callable[[str], str]
) -> Book:
    """The content of a handbook of these guides; ``address`` makes a path into a whole web address."""
    place = site.current()
    return Book(
        title=title,
        edition=f"第{number}版",
        author=place.organiser,
        as_of=f"数据日期{on}",
        footer=f"{title}　第{number}版",
        cover=(
            f"收录事项：{len(found)}项",
            f"适用区域：{area}",
            f"数据日期：{long_day(on)}",
            DISCLAIMER,
        ),
        indexes=tuple(_indexes(found)),
        guides=tuple(_page(one, on, address) for one in found),
        appendices=tuple(_appendices(found, address)),
    )


def _indexes(found: Sequence[Version]) -> Iterable[BookIndex]:
    def index(title: str, label: Callable[[Version], Sequence[str]], order: Sequence[str]) -> BookIndex:
        groups: dict[str, list[Entry]] = {name: [] for name in order}
        for version in found:
            for name in label(version) or ["其他"]:
                groups.setdefault(name, []).append(Entry(version.guide_id, version.name))
        return BookIndex(title, tuple(IndexGroup(name, tuple(items)) for name, items in groups.items() if items))

    yield index("按对象找", lambda row: row.guide.audience_labels, [one.label for one in Audience])
    yield index(
        "按主题找", lambda row: [row.get_theme_display()] if row.theme else [], [one.label for one in Theme]
    )
    yield index("按部门找", lambda row: [row.guide.agency.name], [])


def answers(version: Version) -> list[tuple[str, list[str]]]:
    """The eight questions and what the guide says to each."""
    agency = version.guide.agency
    what = [f"{version.name}（{version.get_item_type_display()}）" if version.item_type else version.name]
    what += (
        [f"办成得到：{version.result}" + (f"，有效期{version.validity}" if version.validity else "")]
        if version.result
        else []
    )
    where = [" ".join(filter(None, (version.place, version.window))), version.hours]
    where += (
        [f"{Online.from_value(version.online).label}：{version.online_url}" if version.online_url else ""]
        if version.online
        else []
    )
    long = [
        f"承诺{version.promise.words}" if version.promise else "",
        f"法定{version.legal.words}" if version.legal else "",
    ]
    money = (
        ["不收费"]
        if version.charged is False
        else [
            f"{row.item}：{row.standard}（{row.basis}）" + (f"；减免：{row.relief}" if row.relief else "")
            for row in version.fee_rows
        ]
    )
    complain = [version.complaint, version.complaint_ways, version.remedy]
    count = len([row for row in version.material_rows if row.need != Need.SHARED])
    bring = ["不用交材料"] if version.no_materials else [f"{count}样，见下表；打□的地方准备好一样勾一样"]
    return [
        ("办什么", what),
        ("谁能办", version.condition_lines),
        ("带什么", bring),
        ("去哪办", [x for x in where if x]),
        ("要多久", ["；".join(filter(None, long))]),
        ("多少钱", money),
        ("找谁问", [f"{agency}　{version.consult}"]),
        ("怎么投诉", [x for x in complain if x]),
    ]


def _note(row: object, version: Version) -> str:
    parts = [getattr(row, "points", ""), f"由“{row.by}”出具" if getattr(row, "by", "") else ""]  # type: ignore[attr-defined]
    reason = why(getattr(row, "when", {}), version.situation_rows)
    parts.append(f"看情况（{reason}）" if reason else "")
    need = getattr(row, "need", Need.MUST)
    parts.append(Need.from_value(need).label if need != Need.MUST else "")
    return "；".join(filter(None, parts))


def _page(version: Version, on: date, address: Callable[[str], str]) -> GuidePage:
    guide = version.guide
    url = address(guide.get_absolute_url())
    rows = tuple(
        MaterialRow(
            "—" if row.need == Need.SHARED else "□",
            row.name,
            "，".join(filter(None, (row.count, row.form_label))),
            _note(row, version),
        )
        for row in version.material_rows
    )
    under = "　".join(
        filter(
            None, (guide.agency.name, version.code, version.get_case_type_display() if version.case_type else "")
        )
    )
    notice = f"{guide.get_state_display()}：{guide.state_note}" if guide.state == GuideState.PAUSED else ""
    asked = tuple(
        Answer(question, tuple(lines) or ("没有写，请打咨询电话。",)) for question, lines in answers(version)
    )
    checked = guide.verified_on or on
    return GuidePage(
        guide.pk,
        version.name,
        under,
        notice,
        asked,
        rows,
        qr.svg(url),
        f"第{version.number}版，{checked}核对；本页数据日期{on}。{url}",
    )


def _appendices(found: Sequence[Version], address: Callable[[str], str]) -> Iterable[Appendix]:
    agencies = {one.guide.agency_id: one.guide.agency for one in found}
    yield Appendix(
        "附一　地址和电话",
        ("单位", "地址", "时间", "电话"),
        (3, 3, 3, 2),
        tuple((one.name, one.address, one.hours, one.phone) for one in agencies.values()),
    )
    yield Appendix(
        "附二　收费目录",
        ("收费项目", "单位", "标准", "依据"),
        (3, 2, 3, 4),
        tuple(
            (one.name, str(one.agency), one.standard, one.basis)
            for one in FeeItem.objects.filter(removed_at=None).select_related("agency")
        ),
    )
    yield Appendix(
        "附三　行政审批中介服务",
        ("中介服务", "对应的审批事项", "依据", "机构要求", "时限", "收费"),
        (3, 3, 3, 3, 2, 2),
        tuple(
            (one.name, one.approval, one.basis, one.bodies, one.limit, one.get_pricing_display())
            for one in Intermediary.objects.filter(removed_at=None)
        ),
    )
    yield Appendix(
        "附四　跨省通办和长三角通办",
        ("事项", "范围", "模式", "覆盖地区"),
        (3, 2, 2, 4),
        tuple(
            (one.name, one.get_circle_display(), one.get_mode_display(), one.area)
            for one in Cooperation.objects.filter(~Q(launched_on=None))
        ),
    )
    forms = [(row.name, one.name, row.sample) for one in found for row in one.material_rows if row.sample]
    yield Appendix("附五　表格和样本", ("材料", "用在", "在哪里下载"), (3, 3, 4), tuple(forms))


def epub_of(content: Book, identifier: str, at: datetime) -> bytes:
    """The same content as an EPUB."""
    cover = "".join(f"<p>{epub.text(line)}</p>" for line in content.cover)
    chapters = [
        epub.Chapter("cover", content.title, f"<h1>{epub.text(content.title)}</h1><p>{content.edition}</p>{cover}")
    ]
    for number, index in enumerate(content.indexes):
        body = f"<h1>{epub.text(index.title)}</h1>"
        for group in index.groups:
            links = "".join(
                f'<li><a href="guide-{one.key}.xhtml">{epub.text(one.name)}</a></li>' for one in group.items
            )
            body += f"<h2>{epub.text(group.label)}</h2><ul>{links}</ul>"
        chapters.append(epub.Chapter(f"index-{number}", index.title, body, "索引"))
    pictures = []
    for page in content.guides:
        pictures.append(epub.Picture(f"qr-{page.key}.svg", "image/svg+xml", page.qr.encode()))
        chapters.append(epub.Chapter(f"guide-{page.key}", page.name, _xhtml(page), "事项"))
    for number, part in enumerate(content.appendices):
        chapters.append(epub.Chapter(f"appendix-{number}", part.title, _table(part), "附录"))
    return epub.write(epub.Book(content.title, content.author, identifier, at, chapters, pictures))


def _xhtml(page: GuidePage) -> str:
    parts = [f'<h1>{epub.text(page.name)}</h1><p class="muted">{epub.text(page.under)}</p>']
    parts += [f"<p><strong>{epub.text(page.notice)}</strong></p>"] if page.notice else []
    for answer in page.answers:
        parts.append(
            f"<h2>{epub.text(answer.question)}</h2>"
            + "".join(f"<p>{epub.text(line)}</p>" for line in answer.lines)
        )
    if page.materials:
        rows = "".join(
            f"<tr><td>{row.tick} {epub.text(row.name)}</td><td>{epub.text(row.count)}</td><td>{epub.text(row.note)}</td></tr>"
            for row in page.materials
        )
        parts.append(f"<table><tr><th>材料</th><th>份数、形式</th><th>说明</th></tr>{rows}</table>")
    parts.append(f'<p><img class="qr" src="qr-{page.key}.svg" alt="二维码：{epub.text(page.name)}"/></p>')
    parts.append(f'<p class="muted">{epub.text(page.foot)}</p>')
    return "".join(parts)


def _table(part: Appendix) -> str:
    if not part.rows:
        return f"<h1>{epub.text(part.title)}</h1><p>没有。</p>"
    heads = "".join(f"<th>{epub.text(name)}</th>" for name in part.heads)
    rows = "".join("<tr>" + "".join(f"<td>{epub.text(cell)}</td>" for cell in row) + "</tr>" for row in part.rows)
    return f"<h1>{epub.text(part.title)}</h1><table><tr>{heads}</tr>{rows}</table>"


def address_of(path: str) -> str:
    """The whole address of a page of this site."""
    return f"https://{site.current().domain}{path}"


def latest() -> Handbook | None:
    """The newest edition that is not withdrawn."""
    return Handbook.objects.filter(withdrawn_at=None).order_by("-number").first()


def home() -> str:
    return reverse("public:service_handbook")
