"""推送有哪些网页要看(``tests/browser/addresses.py``)。"""

from django.urls import reverse

from gongkai.notices import links
from gongkai.notices.models import Happening, Message, Subscription
from gongkai.notices.terms import State, Way


def public_pages():
    """The form, the letters' links, one's own subscriptions."""
    pending = Subscription.objects.pending().filter(recipient__way=Way.MAIL).first().recipient
    active = Message.objects.filter(state=State.DELIVERED).first().recipient
    yield reverse("public:notices"), 200
    yield reverse("public:notices_inbox"), 200
    yield reverse("public:notices_reached"), 200
    yield links.subject_link("engagement.letter", "engagement.letter:1", "来信1"), 200
    yield links.confirm(pending), 200
    yield links.manage(active), 200
    yield links.unsubscribe(active), 200
    yield reverse("public:notices_manage", args=["1-x"]), 404


def desk_pages():
    """Every kind of page of the desk."""
    told = Happening.objects.filter(stale=False).first().pk
    unknown = Message.objects.filter(state__in=(State.UNKNOWN, State.FAILED)).first().pk
    for name in ("topics", "happenings", "outbox", "channels", "templates", "reach"):
        yield "office", reverse(f"desk:notices_{name}")
    yield "office", reverse("desk:notices_happening", args=[told])
    yield "office", reverse("desk:notices_retry", args=[unknown])
    yield "office", reverse("desk:notices_gateway", args=["sms"])
