"""公众网址的参数怎样乱填都不出错,页面也不跟着变得很大。网址从路由表来,参数名从各页认得的来。"""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.http import urlencode

from gongkai.web.files import _bounds
from tests.records.office import Office

pytestmark = pytest.mark.django_db

NAMES = (
    "q",
    "agency",
    "duty",
    "type",
    "year",
    "validity",
    "sort",
    "page",
    "after",
    "before",
    "format",
    "unit",
    "kind",
    "state",
    "number",
    "limit",
    "updated_since",
    "fact",
    "for",
    "count",
    "receipt",
    "on",
    "genre",
    "path",
    "list",
)
VALUES = (
    "区政府",
    "9" * 5000,
    "-1",
    "\x00\x0b",
    "'\"<b>&",
    "[]{}%00",
    "²٣",
    "1e9",
    "2024-02-31",
    "9999-12-31",
    "0000",
    "",
)
NUMBERS = (0, 10**12 + 1, 10**19, 10**300)
LARGEST = 150_000


def names():
    """Each public route that needs no argument, and each that needs numbers alone."""
    found = get_resolver().namespace_dict["public"][1].reverse_dict
    return sorted({name for name in found if isinstance(name, str)})


def plain():
    for name in names():
        try:
            yield reverse(f"public:{name}")
        except NoReverseMatch:
            continue


def numbered():
    for name in names():
        for number in NUMBERS:
            try:
                yield reverse(f"public:{name}", args=[number])
            except NoReverseMatch:
                continue


@pytest.fixture
def client(client):
    Office().publish()
    client.raise_request_exception = False
    return client


def test_no_value_of_a_parameter_breaks_a_public_page(client):
    queries = [urlencode(dict.fromkeys(NAMES, value)) for value in VALUES]
    failed = {
        address for address in plain() for query in queries if client.get(f"{address}?{query}").status_code == 500
    }
    assert failed == set()


def test_a_long_query_does_not_make_a_long_page(client):
    """8 KB in the address once came back in every link of the page."""
    for query in (urlencode({"q": "公开" * 450}), urlencode({"sort": "x" * 8000}), "&".join(["zz=1"] * 900)):
        answers = {address: client.get(f"{address}?{query}") for address in plain()}
        large = {
            a: len(one.content) for a, one in answers.items() if not one.streaming and len(one.content) > LARGEST
        }
        assert large == {}


def test_no_number_in_an_address_breaks_a_public_page(client):
    addresses = list(numbered())
    assert len(addresses) > 10
    assert [address for address in addresses if client.get(address).status_code == 500] == []


@pytest.mark.parametrize(
    ("first", "last", "bounds"),
    [
        ("0", "9" * 5000, (0, 99)),
        ("9" * 5000, "", None),
        ("", "9" * 5000, (0, 99)),
        ("0" * 5000 + "7", "8", (7, 8)),
        ("", "10", (90, 99)),
        ("", "0", None),
        ("5", "4", None),
    ],
)
def test_a_range_may_have_any_number_of_digits(first, last, bounds):
    assert _bounds(first, last, 100) == bounds


@pytest.mark.django_db
def test_nul_in_any_parameter_is_taken_out_before_any_view(client):
    """PostgreSQL refuses it: a library page with it was an error 500 there."""
    seen = client.get("/policies/?q=%00%E5%8A%9E%E6%B3%95%00&x=a%00b").wsgi_request
    assert (seen.GET["q"], seen.GET["x"]) == ("办法", "ab")
