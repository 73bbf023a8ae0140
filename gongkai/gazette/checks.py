"""出刊检查 GZ01—GZ15:一条一个函数,只看事实。阻断的(E)不改好不能送审签,提醒的(W)写明理由才放行。"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from gongkai.adapters.personal import personal_data
from gongkai.law import gazette as law
from gongkai.law.gazette import IssueKind

from .facts import Facts


@dataclass(frozen=True, slots=True)
class Finding:
    """一处毛病:哪一条、挡不挡、什么不对、怎样改。"""

    code: str
    label: str
    blocks: bool
    text: str
    fix: str


@dataclass(frozen=True, slots=True)
class Check:
    """一条检查。``run`` 给出(什么不对, 怎样改),另定轻重的再带一个真假。"""

    code: str
    label: str
    blocks: bool
    run: Callable[[Facts], Iterator[tuple[str, str] | tuple[str, str, bool]]]


CHECKS: list[Check] = []


def check(
    code: str, label: str, *, blocks: bool
) -> Callable[[Callable[[Facts], Iterator]], Callable[[Facts], Iterator]]:
    """Register a check under its code."""

    def register(run: Callable[[Facts], Iterator]) -> Callable[[Facts], Iterator]:
        CHECKS.append(Check(code, label, blocks, run))
        return run

    return register


def run(facts: Facts) -> list[Finding]:
    """Every finding, the blocking ones first."""
    found = []
    for rule in CHECKS:
        for text, fix, *level in rule.run(facts):
            found.append(Finding(rule.code, rule.label, level[0] if level else rule.blocks, text, fix))
    return sorted(found, key=lambda finding: not finding.blocks)


@check("GZ01", "期号接着上一期", blocks=True)
def numbers_follow(facts: Facts) -> Iterator[tuple[str, str]]:
    """期号 = 上一正刊期号+1,或者换年为1;总期号 = 上一期总号+1。增刊、专辑不看。"""
    if not facts.kind.in_sequence or facts.before is None:
        return
    wanted = law.following(facts.before, facts.number.year)
    if facts.number.number != wanted.number:
        yield f"上一期是{facts.before.year}年第{facts.before.last}期，这一期应为第{wanted.number}期", "请改期号。"
    if wanted.running and facts.number.running and facts.number.running < wanted.running:
        yield f"总期号{facts.number.running}不大于上一期的{facts.before.running}", "请改总期号。"


@check("GZ02", "同年期号和总期号对得上", blocks=True)
def offset_constant(facts: Facts) -> Iterator[tuple[str, str, bool]]:
    """同一年里总期号减期号是常数;中间插了占号的增刊、专辑的,写明了就只提醒。"""
    if not facts.kind.in_sequence or facts.number.offset is None:
        return
    for other in facts.same_year:
        if other.offset is not None and other.offset != facts.number.offset:
            text = f"本期总期号减期号是{facts.number.offset}，第{other.last}期是{other.offset}"
            yield text, "请核对；占号的增刊、专辑使它变了的，写在缺月、跳号的说明里。", not facts.gap_note
            return


@check("GZ03", "月份连续、按时出刊", blocks=False)
def in_time(facts: Facts) -> Iterator[tuple[str, str, bool]]:
    """统计月连着上一期;次月末日以前出刊,跨了季度的挡住要说明。"""
    if not facts.kind.in_sequence:
        return
    if facts.last_month is not None and facts.month != law.months_on(facts.last_month, 1) and not facts.gap_note:
        text = f"上一期收到{facts.last_month:%Y-%m}，这一期从{facts.month:%Y-%m}收起，中间缺月"
        yield text, "请出合刊，或者写缺月的说明。", True
    due = law.issue_due(facts.month_to)
    if facts.planned_on > due:
        long = law.is_long_overdue(facts.month_to, facts.planned_on) and not facts.gap_note
        yield f"应在{due}以前出刊，出版日是{facts.planned_on}，脱期", "请早些出刊；跨季度的写明说明。", long


@check("GZ04", "规范性文件件件有去向", blocks=True)
def nothing_left(facts: Facts) -> Iterator[tuple[str, str]]:
    """统计月里公开的规范性文件,逐件登、下期登或者写明理由不登。"""
    for title in facts.undecided:
        yield f"“{title}”没有定去向", "请选入本期，或者定下期登、不采用。"


@check("GZ05", "同公开的一版一字不差", blocks=True)
def same_text(facts: Facts) -> Iterator[tuple[str, str]]:
    """登的一版同现在公开的一版不同;排版、空白、全半角不算。"""
    for article in facts.articles:
        if article.differs:
            yield (
                f"第{article.position}篇“{article.title}”已经出了新版，差在：{'；'.join(article.differs)[:120]}",
                "请改登新版。",
            )


@check("GZ06", "主动公开、没有个人信息", blocks=True)
def fit_for_all(facts: Facts) -> Iterator[tuple[str, str]]:
    """不是公开着的不登;身份证号、手机号、住址先隐去。"""
    for article in facts.articles:
        if not article.is_public:
            yield f"第{article.position}篇“{article.title}”没有公开，或者已经撤下", "请去掉这一篇。"
        for found in personal_data(article.text)[:2]:
            yield (
                f"第{article.position}篇里有{found.label}（{found.text}）",
                "请先更正公开的文件，隐去以后改登新版。",
            )


@check("GZ07", "文号、成文、施行的日子说得通", blocks=True)
def days_agree(facts: Facts) -> Iterator[tuple[str, str, bool]]:
    """文号的年不晚于期的年,成文不晚于出版;施行了才登的提醒。上年十二月的文件今年一月登是正常的。"""
    for article in facts.articles:
        if article.number_year and article.number_year > facts.number.year:
            yield f"第{article.position}篇文号是{article.number_year}年的，晚于期的年", "请核对文号。", True
        if article.made_on and article.made_on > facts.planned_on:
            yield f"第{article.position}篇成文日期{article.made_on}晚于出版日", "请核对日期。", True
        late = (
            article.effective_on
            and article.effective_on < facts.planned_on
            and facts.kind is not IssueKind.SPECIAL
        )
        if late and article.effective_on != article.made_on:
            yield (
                f"第{article.position}篇“{article.title}”自{article.effective_on}起施行，施行以后才刊登",
                "以后请在施行以前刊登。",
                False,
            )


@check("GZ08", "不登已经废止、失效的", blocks=True)
def still_binding(facts: Facts) -> Iterator[tuple[str, str]]:
    """废止、失效的正文不登;废止的公告可以登。"""
    for article in facts.articles:
        if article.ended:
            yield f"第{article.position}篇“{article.title}”已经{article.ended}", "请去掉；可以改登废止的公告。"


@check("GZ09", "没有登过", blocks=False)
def not_twice(facts: Facts) -> Iterator[tuple[str, str]]:
    """同一件在两期出现,要标“更正”或者“重刊”。"""
    for article in facts.articles:
        if article.elsewhere and not article.remark:
            yield (
                f"第{article.position}篇“{article.title}”已经登在{'、'.join(article.elsewhere)}",
                "请去掉，或者注明重刊。",
            )


@check("GZ10", "目录同正文一致", blocks=True)
def contents_agree(facts: Facts) -> Iterator[tuple[str, str]]:
    """成品是照现在的稿子排的;目录的标题、页码从成品读回来核对。"""
    if not facts.articles:
        yield "还没有篇目", "请选入文件。"
    elif facts.built != "ready":
        yield ("还没有排版" if facts.built == "missing" else "排版以后稿子改过"), "请排版。"


@check("GZ11", "人事任免要素齐", blocks=False)
def personnel(facts: Facts) -> Iterator[tuple[str, str]]:
    """姓名、职务、任免方向、文号、日期齐;同人同职又任又免的提示。"""
    for article in facts.articles:
        if not article.is_personnel:
            continue
        given, taken = _posts(article.text)
        if not given and not taken:
            yield f"第{article.position}篇读不出谁任、免什么职务", "请核对姓名、职务、任免。"
        if not article.doc_number or not article.made_on:
            yield f"第{article.position}篇任免没有文号或者日期", "请补全。"
        for name, post in sorted(given & taken):
            yield f"第{article.position}篇{name}{post}又任又免", "请核对。"


_GIVEN = re.compile(
    r"(?:任命)?(?P<name>[\u4e00-\u9fff·×某]{2,5}?)(?:同志)?(?:任|为)(?P<post>[\u4e00-\u9fff、（）]{3,30})"
)
_TAKEN = re.compile(
    r"免去(?P<name>[\u4e00-\u9fff·×某]{2,5}?)(?:同志)?的?(?P<post>[\u4e00-\u9fff、（）]{3,30}?)职务"
)


def _posts(text: str) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Who was given, who lost which post.

    >>> _posts("任命周某为区民政局副局长；免去林某的区司法局副局长职务。")
    ({('周某', '区民政局副局长')}, {('林某', '区司法局副局长')})
    """
    given = {(found["name"].removeprefix("任命"), found["post"]) for found in _GIVEN.finditer(text)}
    return given, {(found["name"], found["post"]) for found in _TAKEN.finditer(text)}


@check("GZ12", "网页、PDF、EPUB 三样一致", blocks=True)
def forms_agree(facts: Facts) -> Iterator[tuple[str, str]]:
    """篇数、次序、标题、正文逐字一样;PDF 有文字层和书签,标题和语言写明。"""
    for text in facts.proof:
        yield text, "请重新排版；还不一致的请核对正文。"


_SELLING = ("商业广告", "招商热线", "抢购", "限时优惠", "代理加盟")


@check("GZ13", "没有广告和外站的链接", blocks=True)
def nothing_foreign(facts: Facts) -> Iterator[tuple[str, str]]:
    """商业广告、指向政府网站以外的链接和二维码。"""
    for article in facts.articles:
        for word in _SELLING:
            if word in article.text:
                yield f"第{article.position}篇里有“{word}”", "公报不登商业内容，请去掉。"
        for link in article.links:
            host = urlsplit(link).hostname or ""
            if host and host != facts.own_domain and not host.endswith((".gov.cn", "." + facts.own_domain)):
                yield f"第{article.position}篇链接到{host}", "请改成政府网站的网址，或者去掉链接。"


@check("GZ14", "出刊以后不改，更正都印了", blocks=True)
def nothing_altered(facts: Facts) -> Iterator[tuple[str, str, bool]]:
    """出刊的 PDF 不换;发过的更正要印在新的一期里。"""
    if facts.altered:
        yield "出刊以后成品变了", "请恢复出刊时的一份，要改的发更正。", True
    for title in facts.unprinted:
        yield f"“{title}”的更正还没有印在哪一期", "请印在本期。", False


@check("GZ15", "创刊以来期期都有", blocks=False)
def complete(facts: Facts) -> Iterator[tuple[str, str]]:
    """缺的期公开列出,不自动补。"""
    if facts.gaps:
        yield f"创刊以来有{len(facts.gaps)}处不连：{'；'.join(facts.gaps[:3])}", "请补录历史目录，缺的期公开列出。"
