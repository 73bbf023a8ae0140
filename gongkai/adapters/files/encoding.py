"""认编码:几种解法里,解出来的字最像中文公文的那一种;都不像的不硬认。"""

from __future__ import annotations

import re

#: 公文里最常见的字,简繁都算。解错的文字里几乎没有它们。
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都"
    "两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反明看原又么利比或但质气第向道命此变条没结解问意建月公无系军很情者最立代想已通"
    "并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别手角期根论运农指区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七"
    "海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步"
    "群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效"
    "斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围"
    "注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞"
    "检吸助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房突坐粉敌略客袁冷胜绝析块剂测丝协诉念陈仍罗盐友洋错苦夜刑移频"
    "逐靠混母短皮终聚汽村云哪既距卫停烈央察烧迅境若印洲刻括激孔搞甚室待核校散侵吧甲游久菜味旧模湖货损预阻毫普稳乙妈植息扩银语挥酒守拿序纸医缺雨吗针刘啊急唱误训愿审附获茶鲜粮斤孩脱硫肥善"
    "龙演父渐血欢械掌歌沙刚攻谓盾讨晚粒乱燃矛乎杀药宁鲁贵钟煤读班伯香介迫句丰培握兰担弦蛋沉假穿执答乐谁顺烟缩征脸喜松脚困异免背星福买染井概慢怕磁倍祖皇促静补评翻肉践尼衣宽扬棉希伤操垂秋"
    "宜氢套督振架亮末宪庆编牛触映雷销诗座居抓裂胞呼娘景威绿晶厚盟衡鸡孙延危胶屋乡临陆顾掉呀灯岁措束耐剧玉赵跳哥季课凯胡额款绍卷齐伟蒸殖永宗苗川炉岩弱零杨奏沿露杆探滑镇饭浓航怀赶库夺伊灵"
    "税途灭赛归召鼓播盘裁街遵贯彻抄健厅股丙丁浙徽杭衢丽舟嘉姓址"
    "這爲個國時來們於對會發動過說產種後學經進電裏現實兩體機當點從業應開還義間樣與關線內數麼質氣變條沒結問無軍並題黨員總設長頭資邊級圖統較將組見計別論運農區強決幹戰則據處隊給門規熱領東導"
    "壓爭濟階術極聯認權證採轉單風帶場車務萬達積議聲報鬥類離華確張馬節話況溫傳許羣廣記觀織裝衆書覆兒須際驗連斷難礦備辦習響約勞團歷構稱準號維劃選標寫親養層卻專狀廠識適屬圓調滿縣參紅細聽該"
    "鐵價嚴隨蘇爾講黃顯談藝營項舉勢臺幫輪亞師圍遠態減樹葉魚視僅費緊愛續輕試護練負擊範繼興餘堅輸夠筆佔財喫職覺漢畫雖雜飛檢昇陽創壞徑換鋼責簡錢盡衝獨環雙請讓軸紀優頂礎載敵勝絕塊劑測絲協訴"
    "陳羅鹽錯頻終雲衛燒覈遊舊貨損預穩媽擴銀語揮紙醫嗎針劉誤訓願審獲鮮糧脫龍漸歡剛謂討亂殺藥寧魯貴鍾讀豐蘭擔執樂誰順煙縮徵臉腳異買靜補評踐寬揚傷氫憲慶編觸銷詩綠雞孫膠鄉臨陸顧燈歲劇趙課凱"
    "額紹齊偉爐巖楊鎮飯濃懷趕庫奪靈稅滅賽歸盤貫徹廳麗為眾購貿賢貼貸賀賃賄錄聞險頁顏餐館驚鳥齡佈灣網園訊檔"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_ODD = re.compile(
    r"[\ufffd\ue000-\uf8ff\u0080-\u009f\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0370-\u03ff\uff66-\uff9f]"
)
_SAMPLE = 60_000
WIDE = ("utf-16-le", "utf-16-be")
#: 三个以上连着的 UTF-8 汉字:GBK 的字节碰巧排成这样的几乎没有。
_UTF8_RUN = re.compile(rb"((?:[\xe3-\xe9\xef][\x80-\xbf]{2}){3,})")
#: 常用字占到这么多,才算像中文;人名地名的表也过得去。
LIKELY = 0.45
#: 短的文字里坏了这么几个字,其余像中文的,照样读,并且说出来。
FEW_LOST = 3


def likeness(text: str) -> float:
    """How much a text is like Chinese as written: the share of common characters less that of odd ones, 0 to 1."""
    sample = text[:_SAMPLE]
    han = _HAN.findall(sample)
    odd = len(_ODD.findall(sample))
    if not han and not odd:
        return 1.0 if sample.isascii() else 0.0
    return max(0.0, sum(mark in _COMMON for mark in han) - odd) / (len(han) + odd)


def guess(data: bytes, declared: str = "") -> str | None:
    """The encoding of bytes that are no UTF-8: gb18030, big5hkscs, utf-16-le, utf-16-be; None if none fits.

    Args:
        declared: what the page says of itself; it only weighs where the others do not.

    >>> guess("明湖區人民政府".encode("big5")), guess("明湖区人民政府".encode("gbk"))
    ('big5hkscs', 'gb18030')
    """
    data = data[:_SAMPLE]
    if wide := _without_mark(data):
        return wide
    scores: dict[str, float] = {}
    for encoding in ("gb18030", "big5hkscs"):
        text = data.decode(encoding, "replace").rstrip("\ufffd")
        lost = text.count("\ufffd")
        if lost <= max(1, len(text) * 0.02) or (lost <= FEW_LOST and likeness(text) >= LIKELY):
            scores[encoding] = likeness(text) - (0 if encoding == "gb18030" else 0.1)
    if "big5" in declared.lower() and "big5hkscs" in scores:
        scores["big5hkscs"] += 0.2
    return max(scores, key=lambda encoding: scores[encoding]) if scores else None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its byte order mark: the high bytes of line ends, digits and Han tell which half is which."""
    if len(data) < 8 or b"\x00" not in data:
        return None
    data = data[: len(data) // 2 * 2]
    best = max(WIDE, key=lambda encoding: likeness(data.decode(encoding, "replace")))
    text = data.decode(best, "replace")
    usual = sum(mark.isprintable() or mark in "\r\n\t" for mark in text)
    narrow = sum(mark.isascii() or "\u3000" <= mark <= "\u9fff" or "\uff00" <= mark <= "\uffef" for mark in text)
    return best if usual > len(text) * 0.98 and narrow > len(text) * 0.9 and likeness(text) >= LIKELY else None


def line_by_line(data: bytes) -> tuple[str, list[int]] | None:
    """A text put together from files in two encodings, and the lines (from 1) that were read as GB18030.

    None unless most of its lines with Chinese are UTF-8 and some are not.
    """
    good, other, texts = 0, [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            texts.append(line.decode("utf-8"))
            good += not line.isascii()
        except UnicodeDecodeError:
            parts = _UTF8_RUN.split(line)
            texts.append(
                "".join(part.decode(("gb18030", "utf-8")[n % 2], "replace") for n, part in enumerate(parts))
            )
            other.append(number)
    return ("\n".join(texts), other) if good >= 2 and other and good >= len(other) else None
