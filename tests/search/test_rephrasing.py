"""转述:引文没有说的一句不留;模型坏了、没有设,页面照常。"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.urls import reverse
from django.utils import timezone

from gongkai.adapters.words import Cutter
from gongkai.search import index
from gongkai.search.entailment import sentences, supported
from tests.records.office import AT, Office

QUOTES = [
    "第二条 加装电梯每台补助二十万元，六十周岁以上的住户优先。",
    "第三条 业主向所在街道办事处申请补助，提交竣工验收材料；逾期申请的不予补助，但因不可抗力的除外。",
    "第四条 补助2000元以上的，由区住房和城乡建设局审核，可以分期支付。",
]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("加装电梯每台补助二十万元。", 0),
        ("每台补助二十万元。", 0),
        ("业主向所在街道办事处申请补助。", 1),
        ("逾期申请的不予补助，但因不可抗力的除外。", 1),
        ("补助2000元以上的，由区住房和城乡建设局审核。", 2),
        # 多了、少了、改了、倒了、凑了的,一律不留
        ("加装电梯每台补助三十万元。", None),
        ("加装电梯每台补助二十万元，全市都一样。", None),
        ("逾期申请的不予补助。但因不可抗力的也不予补助。", None),
        ("逾期申请的补助。", None),
        ("补助2000元，由区住房和城乡建设局审核。", None),
        ("补助20元以上的，由区住房和城乡建设局审核。", None),
        ("街道办事处向业主申请补助。", None),
        ("可以分期支付二十万元。", None),
        ("六十周岁的住户优先。", None),
        ("由区住房和城乡建设局审核。", None),
        ("逾期申请的不予补助。", None),
        ("住户不优先。", None),
        ("请咨询律师。", None),
        ("的。", None),
        ("", None),
    ],
)
def test_only_what_a_quotation_says_is_kept(sentence, number):
    assert supported(sentence, QUOTES, Cutter()) == number


def test_every_quotation_bears_itself_out_and_no_other():
    for number, quote in enumerate(QUOTES):
        for one in sentences(quote):
            assert supported(one, QUOTES, Cutter()) == number
            assert supported(one, [*QUOTES[:number], *QUOTES[number + 1 :]], Cutter()) is None


class Model(BaseHTTPRequestHandler):
    said, asked = "", []

    def do_POST(self):
        type(self).asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        body = json.dumps({"choices": [{"message": {"content": self.said}}]}).encode() if self.said else b"broken"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def model(settings):
    Model.said, Model.asked = "", []
    server = HTTPServer(("127.0.0.1", 0), Model)
    Thread(target=server.serve_forever, daemon=True).start()
    settings.MODEL_URL, settings.MODEL_NAME = f"http://127.0.0.1:{server.server_port}/v1", "m"
    yield Model
    server.shutdown()
    server.server_close()


@pytest.fixture
def office(db):
    one = Office()
    one.publish(title="明湖区既有住宅加装电梯补助办法", body="".join(f"<p>{quote}</p>" for quote in QUOTES))
    index.rebuild(AT, timezone.localdate())
    return one


def page(client):
    return client.get(reverse("public:ask"), {"q": "加装电梯每台补助多少钱"}).content.decode()


def test_the_page_shows_what_is_borne_out_and_says_from_where(client, office, model):
    model.said = "加装电梯每台补助二十万元。另外还有三万元奖励。"
    body = page(client)
    assert "机器转述" in body and "出自引文1" in body and "三万元" not in body
    (asked,) = model.asked
    assert "二十万元" in asked["messages"][1]["content"] and asked["model"] == "m"


@pytest.mark.parametrize("said", ["", "全都是编的。"])
def test_a_broken_or_lying_model_leaves_the_quotations(client, office, model, said):
    model.said = said
    body = page(client)
    assert "机器转述" not in body and "二十万元" in body


def test_off_by_default(client, office, settings):
    assert not settings.MODEL_URL
    assert "机器转述" not in page(client)
