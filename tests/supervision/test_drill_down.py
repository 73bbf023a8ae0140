"""样本区里每一个数点开看:全区的、一个单位的,列出来的件数就是分母,写着“做到”的就是分子。"""

from collections import Counter
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from lxml import html

from gongkai.desk.figures import Listing, figures
from gongkai.org.sample import LAST_DAY
from gongkai.supervision import counts

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def listed(figure, on, agencies):
    found = figure.things(agencies, on)
    return found.shown(found.rows) if isinstance(found, Listing) else list(found)


def test_every_figure_is_the_rows_behind_it(loaded, client):
    agencies = counts.agencies_on(LAST_DAY)
    for on in (LAST_DAY, LAST_DAY - timedelta(days=400)):
        for key, figure in figures().items():
            counted = counts.recount(figure, on, agencies)
            things = listed(figure, on, agencies)
            whole, part = Counter(), Counter()
            for thing in things:
                whole[thing.agency] += 1
                part[thing.agency] += thing.counts
            assert {pk: [part[pk], n] for pk, n in whole.items()} == counted, key
            if counted:
                pk = max(counted)
                own = Counter(thing.title for thing in listed(figure, on, [pk]))
                assert own == Counter(thing.title for thing in things if thing.agency == pk), key
    walk(client)


def walk(client):
    """The page of a figure: what it says is what it lists, leaf after leaf."""
    client.force_login(get_user_model().objects.get(username="office"))
    today, there = timezone.localdate(), reverse("desk:supervision_behind")
    for key in ("policies.online", "policies.redeemed", "foi.petitions", "engagement.timely", "org.staffed"):
        count = counts.counted(today, [key], today=today)[key]
        address, rows = f"{there}?{urlencode({'key': key})}", 0
        while address:
            tree = html.fromstring(client.get(address).content.decode())
            rows += len(tree.xpath("//section[.//h2='是哪些']/ul/li"))
            older = tree.xpath("//a[@rel='next']/@href")
            address = there + older[0] if older else ""
        assert rows == count.whole.whole > 0, key
