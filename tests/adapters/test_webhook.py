"""送通知:签名算得出来,不跟跳转,不往内网送,滴水似的答复不等,证书不对的不送。"""

from __future__ import annotations

import hashlib
import hmac
import socket
import time

import pytest

from gongkai.adapters import reach, webhook
from gongkai.adapters.webhook import NotDelivered
from tests.web.receiver import Receiver


@pytest.fixture
def receiver(tmp_path, monkeypatch):
    made = Receiver(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.certificate))
    yield made
    made.stop()


def test_signed_and_sent(receiver):
    headers = {"Gongkai-Signature": webhook.sign("密钥", 7, b"{}")}
    assert webhook.post(receiver.url, b"{}", headers, private=True) == 200
    ((seen, body),) = receiver.got
    wanted = hmac.new("密钥".encode(), b"7.{}", hashlib.sha256).hexdigest()
    assert body == b"{}" and seen["Gongkai-Signature"] == f"v1={wanted}" and seen["Host"].startswith("localhost:")


def test_a_redirect_is_not_followed(receiver):
    receiver.answers = [307]
    assert webhook.post(receiver.url, b"{}", {}, private=True) == 307
    assert len(receiver.got) == 1


def test_an_unknown_certificate_is_refused(receiver, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotDelivered, match="证书"):
        webhook.post(receiver.url, b"{}", {}, private=True)
    assert receiver.got == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.1.1",
        "172.16.0.9",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fc00::1",
        "::ffff:10.0.0.1",
        "::",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "fec0::1",
        "::10.0.0.1",
        "2001:0:a00:1::1",
        "::ffff:0:10.0.0.1",
        "192.88.99.1",
        "192.0.0.1",
        "192.175.48.1",
        "2620:4f:8000::1",
        "3fff::1",
        "2001:db8::1",
        "198.18.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "ff02::1",
        "fd00:ec2::254",
    ],
)
def test_no_private_address(address, monkeypatch):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    other = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))
    rows = [other, (family, socket.SOCK_STREAM, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: rows)
    monkeypatch.setattr(socket, "create_connection", lambda *args: pytest.fail("连过去了"))
    with pytest.raises(NotDelivered, match="内部网络"):
        webhook.post("https://rebind.example/", b"", {})


@pytest.mark.parametrize("address", ["93.184.215.14", "::ffff:93.184.215.14", "2606:4700::1111", "2001:200::1"])
def test_a_public_address_is_allowed(address):
    assert reach.is_allowed(address, private=False)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "0.0.0.0", "224.0.0.1", "fe80::1", "64:ff9b::a00:1", "2002:a00:1::"]
)
def test_some_not_even_when_private_ones_are_allowed(address):
    assert not reach.is_allowed(address, private=True)
    assert reach.is_allowed("10.0.0.1", private=True) and reach.is_allowed("93.184.215.14", private=False)


@pytest.mark.parametrize(
    "url",
    [
        "http://x.example/",
        "https://",
        "ftp://x/",
        "https://a:b@x.example/",
        "https://x.example:0/",
        "https://x.example:99999/",
        "https://x.example/a b",
        "https://例子.example/",
        "x",
        "https://[::1",
        "https://x.example/\r\nHost: y",
    ],
)
def test_what_is_no_address(url):
    with pytest.raises(NotDelivered):
        webhook.checked(url)


def test_nobody_there():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(NotDelivered, match="没有送到"):
        webhook.post(f"https://127.0.0.1:{port}/", b"", {}, private=True)
    with pytest.raises(NotDelivered, match="找不到主机"):
        webhook.post("https://no-such-host.invalid/", b"", {})


def test_who_never_answers_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        # 连得上,只是没有人接
        began = time.monotonic()
        with pytest.raises(NotDelivered):
            webhook.post(f"https://127.0.0.1:{server.getsockname()[1]}/", b"", {}, private=True, patience=0.3)
        assert time.monotonic() - began < 5
