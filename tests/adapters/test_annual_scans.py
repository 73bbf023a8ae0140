"""扫描的年报:印成图片再读回来,一格不差;歪的、脏的、盖章的、横放倒放的都读;限度以外的说得清楚;从不联网。"""

import io
import socket
import sys

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from gongkai.adapters import ocr
from gongkai.adapters.annual import Scanned, Scans, Unreadable, bitmap, read, sheet
from tests.adapters import annual_samples as samples
from tests.adapters import scan_samples
from tests.outside import shared

DATA = samples.figures(11)


@pytest.fixture(scope="module")
def text_pdf():
    return scan_samples.as_pdf(DATA)


@pytest.fixture(scope="module")
def upright(text_pdf):
    """The cells on the second page, upright."""
    return read(one_page(text_pdf), "正的").cells()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args):
        raise AssertionError("识别文字不联网")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def without_ocr(monkeypatch):
    monkeypatch.setattr(ocr, "installed", lambda: False)
    monkeypatch.setattr("gongkai.adapters.annual.scan.load", lambda: None)


def one_page(pdf: bytes, turns: int = 0, number: int = 1, *, resolution: int = 150) -> bytes:
    """One page of a text PDF as a picture, turned by quarters."""
    with pdfium.PdfDocument(pdf) as document:
        image = document[number].render(scale=150 / 72).to_pil().convert("L")
    out = io.BytesIO()
    Image.fromarray(np.rot90(np.asarray(image), turns)).save(out, "PDF", resolution=resolution)
    return out.getvalue()


def test_a_crooked_dirty_sealed_scan_is_read_exactly(text_pdf):
    report = read(scan_samples.scanned(text_pdf, skew=1.1, noise=10, blur=0.5, seal=True), "扫描件")
    true = read(text_pdf, "原件")
    assert report.cells() == true.cells() == samples.cells(DATA)
    assert report.disclosures() == true.disclosures()
    assert report.remedies() == true.remedies()
    assert (report.org, report.year, report.title) == (true.org, true.year, true.title)
    assert list(report.sections) == list(true.sections)
    told = [finding for finding in report.remarks if "由程序识别" in finding.message]
    assert len(told) == 1 and told[0].severity.value == "notice" and "对照原件" in told[0].remedy


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_on_its_side_or_upside_down(text_pdf, upright, turns):
    assert read(one_page(text_pdf, turns), "转了的").cells() == upright
    assert len(upright) > 5


def test_a_page_that_calls_pixels_points(text_pdf, upright):
    assert read(one_page(text_pdf, resolution=72), "大页").cells() == upright


def test_without_the_package_it_says_how_to_get_it(text_pdf, monkeypatch, here):
    without_ocr(monkeypatch)
    with pytest.raises(Scanned, match="扫描件，里面没有文字。请安装文字识别组件（pip install"):
        read(one_page(text_pdf), "扫描件")


def test_the_package_missing_or_broken_is_no_crash(monkeypatch):
    ocr.load.cache_clear()
    try:
        monkeypatch.setattr(ocr, "installed", lambda: True)
        monkeypatch.setitem(sys.modules, "rapidocr", None)
        assert ocr.load() is None
    finally:
        ocr.load.cache_clear()


def test_limits_are_told_apart(text_pdf, here):
    scan = one_page(text_pdf)
    ample = {"pages": 5, "seconds": 60, "wait": 0}

    def why(*, may: bool = True, **changes) -> str:
        with pytest.raises(Unreadable) as caught:
            read(scan, "扫描件", scans=Scans(**ample | changes), may_scan=lambda: may)
        return str(caught.value)

    assert "超过0页" in why(pages=0)
    assert "时间太长" in why(seconds=-1)
    assert "太多" in why(may=False)
    with ocr.load().busy:
        assert "正在识别别的" in why()
    assert ocr.load().busy.acquire(blocking=False), "出了错也放开"
    ocr.load().busy.release()


def test_a_huge_picture_is_not_opened(monkeypatch, text_pdf, here):
    monkeypatch.setattr("gongkai.adapters.annual.scan.MOST_PIXELS", 1000)
    with pytest.raises(Unreadable, match="图片太大"):
        read(one_page(text_pdf), "扫描件")


def test_a_picture_among_pages_of_text(text_pdf, monkeypatch, here):
    """The page of table 4 is a picture: read with the package, told of without."""
    mixed = pdfium.PdfDocument(text_pdf)
    last = len(mixed) - 1
    picture = pdfium.PdfDocument(one_page(text_pdf, number=last))
    del mixed[last]
    mixed.import_pages(picture)
    out = io.BytesIO()
    mixed.save(out)
    report = read(out.getvalue(), "混合")
    assert report.remedies() == read(text_pdf, "原件").remedies()
    assert f"第{last + 1}页是扫描的图片" in "".join(finding.message for finding in report.remarks)
    without_ocr(monkeypatch)
    said = "".join(finding.message for finding in read(out.getvalue(), "混合").remarks)
    assert f"第{last + 1}页是图片，没有识别" in said


def test_a_scan_of_something_else():
    picture = Image.new("L", (800, 1100), 255)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=96)
    with pytest.raises(Unreadable, match="三张表"):
        read(out.getvalue(), "白纸")


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (2000, 12), (64, 64)])
@pytest.mark.parametrize("shade", ["white", "black", "noise"])
def test_odd_pictures_raise_nothing(size, shade):
    rng = np.random.default_rng(1)
    grey = np.full(size, 255 if shade == "white" else 0, np.uint8)
    if shade == "noise":
        grey = rng.integers(0, 256, size, dtype=np.uint8)
    assert sheet.read(grey, 2.0, ocr.load()).tables == []


def test_a_figure_that_is_hardly_legible_is_told():
    class Doubtful:
        def page(self, grey):
            return [ocr.Piece("3O.", 0.5, 150, 30, 190, 50), ocr.Piece("甲", 0.9, 50, 30, 70, 50)]

        def lines(self, pictures):
            return [("0", 0.9)] * len(pictures)

    grey = np.full((200, 400), 255, np.uint8)
    grey[20:181:40, 20:322] = grey[21:181:40, 20:322] = 0
    grey[20:182, 20:322:100] = grey[20:182, 21:322:100] = 0
    found = sheet.read(grey, 2.0, Doubtful())
    assert [cell.text for cell in found.tables[0].grid.rows[0]] == ["甲", "30", ""]
    assert found.unsure == ["30"]


def test_lines_are_told_from_letters_and_bars():
    grey = np.full((400, 600), 240, np.uint8)
    grey[50:250:50, 50:551] = grey[51:250:50, 50:551] = 190
    grey[50:202, 50:560:100] = grey[50:202, 51:560:100] = 30
    grey[300, 50:550] = grey[60:90, 75] = 0
    grey[320:390, 100:500] = 60
    lines = [stroke.line for stroke in bitmap.strokes_of(grey, 2.0)]
    assert sorted(round(line.at) for line in lines if line.across) == [51, 101, 151, 201]
    assert sorted(round(line.at) for line in lines if not line.across) == [51, 151, 251, 351, 451, 551]


@pytest.mark.measured
def test_the_real_report_scanned_is_read_as_its_text():
    real = shared("data/annual-report-hongze-2024.pdf").read_bytes()
    true = read(real, "原件")
    report = read(scan_samples.scanned(real, skew=0.8, noise=12, blur=0.6), "扫描件")
    assert report.cells() == true.cells()
    assert report.disclosures() == true.disclosures()
    assert report.remedies() == true.remedies()
    assert (report.org, report.year) == (true.org, true.year)
