"""收表的毛病都说得出行和列;很大的文件同小的说得一样;引擎取的行同文件里的一样。"""

import io
import zipfile

import pytest
import xlsxwriter

from gongkai.adapters.datatable import columns, engine, examination, large, large_examination, writing
from gongkai.adapters.datatable.columns import Column, columns_of
from gongkai.adapters.files.errors import Unreadable
from gongkai.adapters.readers.opendata import check

pytestmark = pytest.mark.once
GOOD = "名称,数量\n甲,1\n乙,2\n丙,3\n"


def places(text, **given):
    report = examination.examine(text.encode(), "a.csv", **given)
    return {(fault["code"], fault["line"], fault["column"]) for fault in report["faults"] if fault["stops"]}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("名称,数量\n", ("EMPTY", None, "")),
        ("名称,名称\n甲,1\n乙,2\n", ("SAME_HEADER", 1, "名称")),
        ("名称,数量\n甲,1\n乙\n丙,3\n", ("RAGGED", 3, "")),
        ("名称,数量\n甲,1\n乙,2,3\n丙,3\n", ("RAGGED", 3, "")),
        ("名称,数量\n甲,1\n=cmd|'/C calc'!A0,2\n丙,3\n", ("FORMULA", 3, "名称")),
        ("名称,数量\n甲,1\n<p>乙</p>,2\n丙,3\n", ("MARKUP", 3, "名称")),
        ("名称,数量\n甲,1\n乙13800138000,2\n丙,3\n", ("PERSONAL", 3, "名称")),
        ("名称,证件\n甲,11010519491231002X\n乙,某\n丙,某\n", ("PERSONAL", 2, "证件")),
        ("名称,电话\n甲,139*******2\n乙,138****0000\n丙,0571-00000001\n", ("MASK_UNEVEN", None, "电话")),
        ("名称,数量\n" + "长" * 33_000 + ",1\n乙,2\n丙,3\n", ("LONG_CELL", 2, "名称")),
        (",".join(f"c{n}" for n in range(16_000)) + "\n" + ",".join("1" * 16_000) + "\n", ("TOO_WIDE", None, "")),
    ],
)
def test_a_fault_names_its_line_and_column(text, place):
    assert place in places(text)


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "题名\n单位：个\n名称,数量\n甲,1\n乙,2\n丙,3\n注：某。\n",
        GOOD.replace("甲", "+3.5"),
        GOOD.replace("甲", "-"),
        "机构,电话\n甲,0571-00000001\n乙,12345\n丙,95598\n",
        "编号,数量\n6222021234567890128,1\n6222021234567890129,2\n6222021234567890120,3\n",
    ],
)
def test_what_is_well_written_is_taken(text):
    assert places(text) == set()


def test_personal_data_is_expected_in_restricted_tables():
    text = "名称,电话\n甲,13800138000\n乙,13900139000\n丙,某\n"
    assert places(text) and places(text, personal=True) == set()


def test_merged_cells_below_the_header_are_refused():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 1, "题名")
        sheet.write_row(1, 0, ["名称", "数量"])
        sheet.merge_range(2, 0, 3, 0, "甲")
        sheet.write_column(2, 1, [1, 2])
    codes = {
        (fault["code"], fault["line"])
        for fault in examination.examine(buffer.getvalue(), "a.xlsx")["faults"]
        if fault["stops"]
    }
    assert ("MERGED", 3) in codes


def test_a_spreadsheet_bomb_is_a_sentence():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 5_000_000)
    with pytest.raises(Unreadable):
        examination.examine(buffer.getvalue(), "a.xlsx")


def test_sums_are_checked_row_by_row():
    report = examination.examine("总数,甲,乙\n3,1,2\n5,2,2\n7,3,4\n".encode(), "a.csv", sums=["总数=甲+乙"])
    assert report["quality"]["balanced"] == 66.7


def test_types_look_at_every_row_and_codes_stay_text():
    rows = "".join(f"{n:06},{n},{n}.5,2026-01-{n % 28 + 1:02}\n" for n in range(1, 1200))
    report = examination.examine(("编码,数,率,日\n" + rows).encode(), "a.csv")
    assert [column["kind"] for column in report["columns"]] == ["string", "integer", "number", "date"]
    report = examination.examine(("编码,数,率,日\n" + rows + "001200,约一千,1,二月\n").encode(), "a.csv")
    assert [column["kind"] for column in report["columns"]] == ["string", "string", "number", "string"]


def test_of_a_sensitive_column_no_value_is_told():
    report = examination.examine("姓名,数量\n张三,1\n李四,2\n王五,3\n".encode(), "a.csv")
    name, number = report["columns"]
    assert name["sensitive"] and "least" not in name and "top" not in name and number["most"] == "3"


def test_a_handful_of_people_is_pointed_out():
    report = examination.examine("镇街,患者人数\n甲,3\n乙,25\n丙,0\n".encode(), "a.csv", least=5)
    (fault,) = (fault for fault in report["faults"] if fault["code"] == "SMALL_CELL")
    assert "有1格是1到4" in fault["message"] and not fault["stops"]


def test_names_are_stable_and_different():
    assert columns.named(["名称", "面积（平方米）", "2026年", "名称", "ID"]) == [
        "name",
        "area",
        "field_3",
        "name_4",
        "id",
    ]


@pytest.fixture
def table(tmp_path):
    rows = [f"第{n}行,{n},{n % 7},2026-01-{n % 28 + 1:02}" for n in range(300)]
    report = examination.examine(("名称,数,组,日\n" + "\n".join(rows)).encode(), "a.csv")
    (tmp_path / "a.csv").write_text(report["text"], "utf-8")
    engine.build(tmp_path / "a.csv", tmp_path / "a.parquet", columns_of(report["columns"]))
    return engine.Table(tmp_path / "a.parquet", columns_of(report["columns"]))


def test_pages_filters_and_groups(table):
    name, number, group, day = table.columns
    assert table.count() == 300
    assert [row for row, _ in table.page(after=9, limit=3)] == [10, 11, 12]
    assert [cells[1] for _, cells in table.page(sort=number, descending=True, limit=3, offset=2)] == [
        297,
        296,
        295,
    ]
    low = [engine.Filter(number, "gte", "100"), engine.Filter(group, "", "3")]
    assert [cells[1] for _, cells in table.page(filters=low, limit=2)] == [101, 108]
    assert table.count([engine.Filter(name, "contains", "第29")]) == 11
    assert table.count([engine.Filter(day, "lt", "2026-01-02")]) == 11
    assert dict(table.grouped(group, None, most=10))[0] == 43
    assert table.smallest_group([group]) == 42
    assert [str(key) for key, _ in table.grouped(day, number, most=2, latest=True)] == ["2026-01-28", "2026-01-27"]


def test_a_column_can_not_be_a_statement(tmp_path):
    (tmp_path / "a.csv").write_text('x"; DROP TABLE y; --\n1\n', "utf-8")
    odd = Column('x"; DROP TABLE y; --', "某", "integer")
    engine.build(tmp_path / "a.csv", tmp_path / "a.parquet", [odd])
    assert engine.Table(tmp_path / "a.parquet", [odd]).page() == [(0, (1,))]


def exported(report, folder):
    """The files that the public gets, out of a report."""
    (folder / "a.csv").write_text(report["text"], "utf-8")
    kinds = columns_of(report["columns"])
    engine.build(folder / "a.csv", folder / "o.parquet", kinds)
    table = engine.Table(folder / "o.parquet", kinds)
    writing.write_csv(table, folder / "o.csv")
    (folder / "bom.csv").write_bytes(writing.BOM + (folder / "o.csv").read_bytes())
    writing.write_json(table, folder / "o.json")
    writing.write_xlsx(table, folder / "o.xlsx")
    return ("o.csv", "bom.csv", "o.json", "o.xlsx", "o.parquet")


MIXED = (
    "编码,名称,说明,率,日,时刻,空的\n"
    '0071,"甲,乙","头一行\n第二行",1200.50,2026-01-02,2026-01-02 08:30:00,\n'
    '0072,"带""引号""的",不是公式,3.05,2026-12-31,2026-12-31 23:59:59,\n'
    "0073,𠮷㙟,无,0.10,,2026-03-01 00:00:00,\n"
)


def test_every_form_is_taken_in_again_unchanged(tmp_path):
    first = examination.examine(MIXED.encode(), "a.csv")
    fields = [{**column, "codes": []} for column in first["columns"]]
    for name in exported(first, tmp_path):
        again = examination.examine((tmp_path / name).read_bytes(), name, fields)
        assert (name, again["text"]) == (name, first["text"])
        assert [column["kind"] for column in again["columns"]] == [column["kind"] for column in first["columns"]]


@pytest.mark.parametrize(
    "data",
    [b'[{"a": 1},', b'[{"a": [1]}]', b'[{"a": 1}, 2]', b"PAR1" + b"\0" * 60],
    ids=["断了的", "套着数组的", "不是对象的", "坏的 Parquet"],
)
def test_a_broken_file_of_another_form_is_a_sentence(data):
    with pytest.raises(Unreadable):
        examination.examine(data, "a.json")


def both(text, folder, **given):
    """What the two ways of examination say of the same file; the profile of a large one tells no rare values."""
    (folder / "a.csv").write_text(text, "utf-8")
    reports = (
        examination.examine(text.encode(), "a.csv", **given),
        large_examination.take_large(str(folder / "a.csv"), str(folder), **given),
    )
    for report in reports:
        report["faults"] = sorted(map(str, report["faults"]))
        report["columns"] = [
            {key: value for key, value in column.items() if key not in ("top", "about")}
            for column in report["columns"]
        ]
    return reports


def rows_of(count, row):
    return "编码,名称,数,率,日,类,时刻\n" + "".join(
        row.format(n=n, k=n % 1000, m=n % 12 + 1, c="甲乙丙"[n % 3]) for n in range(count)
    )


PLAIN = 'MH{n:06},第{n}家,"1,{k:03}",{n}.{m},2026/{m}/{m},{c},2026-01-{m} 8:00\n'


#: 在前两千行以后的各种毛病,一行一处。
SPOILT = (
    ("第2222家", "第2222家13800138000"),
    ("第2223家", "=cmd()"),
    ("第2224家", "<b>第2224家</b>"),
    ("第2225家", "长" * 33_000),
    ("2226.", "约2226."),
)


@pytest.mark.parametrize("spoilt", [(), SPOILT, (("MH002222", "2222"),)], ids=["好的", "有毛病的", "编码不一样"])
def test_a_large_file_is_taken_like_a_small_one(spoilt, tmp_path):
    text = rows_of(2500, PLAIN)
    for old, new in spoilt:
        text = text.replace(old, new)
    small, big = both(text, tmp_path, sums=["数=数+数"])
    assert sum("'stops': True" in fault for fault in small["faults"]) == (4 if spoilt is SPOILT else 0)
    stopped = any("'stops': True" in fault for fault in small["faults"])
    for key in ("rows", "faults") if stopped else ("rows", "faults", "columns", "quality"):
        assert (key, big[key]) == (key, small[key])
    if not spoilt:
        kept = engine.Table(tmp_path / "data.parquet", columns_of(big["columns"]))
        writing.write_csv(kept, tmp_path / "b.csv")
        again = examination.examine((tmp_path / "b.csv").read_bytes(), "b.csv")
        assert again["text"] == small["text"]


def test_a_large_file_against_its_fields_and_with_broken_rows(tmp_path):
    fields = [
        {"name": "n", "title": "名称", "kind": "string", "codes": []},
        {"name": "v", "title": "数", "kind": "integer", "codes": []},
        {"name": "k", "title": "类", "kind": "string", "codes": ["甲", "乙"]},
    ]
    text = "名称,数,类\n" + "".join(
        f"第{n}家,{'约' if n == 2300 else n},{'甲乙丙'[n == 2400]}\n" for n in range(2500)
    )
    small, big = both(text, tmp_path, fields=fields)
    assert big["faults"] == small["faults"] and len(big["faults"]) == 1
    _, big = both(text + "多,一,格,了\n", tmp_path, fields=fields)
    assert any("RAGGED" in fault and "2502" in fault for fault in big["faults"]) and not big["columns"]
    _, big = both(
        "名称,电话\n" + "".join(f"第{n}家,139****{n:04}\n" for n in range(2500)) + "末,138*****1\n", tmp_path
    )
    assert any("MASK_UNEVEN" in fault for fault in big["faults"])


def test_a_large_file_is_described_like_a_small_one(tmp_path, monkeypatch):
    rows = "".join(f"MH{n:06},第{n}家,00{n % 90:02},{'' if n % 3 else n},{n}\n" for n in range(5000))
    text = "机构编码,名称,区划,备注,数\n" + rows.replace("第4321家", "第4321家13800138000") + "注：某。,,,,\n"
    for encoding in ("utf-8", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_bytes(text.encode(encoding))
        small, big = check.profile(path.read_bytes(), path.name), large.profile(str(path))
        for key in small:
            if key not in ("notes", "quirks"):
                assert big[key] == small[key], (encoding, key)
        assert big["sensitive_columns"] == ["名称"]
        assert {quirk["code"] for quirk in big["quirks"]} <= {quirk["code"] for quirk in small["quirks"]}


def test_a_large_file_with_broken_rows_says_where(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "名称,数量\n" + "".join(f"第{n}行,{n}\n" for n in range(3000)) + "多,一,格\n" + "好,1\n", "utf-8"
    )
    assert "有1行的格数同表头不一样" in large.profile(str(path))["notes"][0]
    path.write_bytes(b"\x00\x01" * 5000)
    with pytest.raises(Unreadable):
        large.profile(str(path))


def test_files_of_a_large_table_keep_its_order_without_a_sort_that_the_memory_does_not_hold(tmp_path, monkeypatch):
    path, count = tmp_path / "data.parquet", 700_000
    link = engine.opened()
    link.execute(
        f"COPY (SELECT i AS n, md5(i::varchar) || md5((i + 1)::varchar) AS t FROM range({count}) s(i)) "
        f"TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 20480)"
    )
    link.close()
    link = engine.opened(memory_limit="60MB", threads=1)
    monkeypatch.setattr(writing, "connection", lambda: link)
    monkeypatch.setattr(engine, "connection", lambda: link)
    table = engine.Table(path, [Column("n", "序号", "integer"), Column("t", "文字")])
    with pytest.raises(Exception, match="Out of Memory"):
        link.execute(
            f"COPY (SELECT n, t FROM read_parquet('{path}', file_row_number=true) ORDER BY file_row_number) "
            f"TO '{tmp_path / 'sorted.csv'}' (FORMAT csv)"
        )
    writing.write_csv(table, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        assert next(file) == "序号,文字\n"
        assert all(line.startswith(f"{number},") for number, line in enumerate(file)) is True
    batches = table.batches(100_000)
    assert [(rows[0][0], len(rows)) for rows in batches] == [
        (start, 100_000) for start in range(0, count, 100_000)
    ]
    link.close()
