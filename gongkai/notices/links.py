"""信里的链接:不用登录,签了名,换了收件人的随机数就作废。打开只是看,按了按钮才办。"""

from __future__ import annotations

import secrets
from urllib.parse import urlencode

from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from gongkai.org import site

from .models import Recipient

MANAGE, CONFIRM = "manage", "confirm"
_SHOWN = 40
_OWN, _HOUR = "gongkai.notices.own", 3600


def new_nonce() -> str:
    """For a recipient's links."""
    return secrets.token_hex(8)


def token(recipient: Recipient, purpose: str) -> str:
    """What stands in the address of a link."""
    return f"{recipient.pk}-{_mark(recipient, purpose)}"


def recipient_of(given: str, purpose: str) -> Recipient | None:
    """Whose link it is; None for a link that was never given, or no longer counts."""
    number, _, mark = given.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    found = Recipient.objects.filter(pk=int(number)).first()
    return found if found and constant_time_compare(mark, _mark(found, purpose)) else None


def _mark(recipient: Recipient, purpose: str) -> str:
    made = salted_hmac(f"gongkai.notices.{purpose}", f"{recipient.pk}:{recipient.nonce}", algorithm="sha256")
    return made.hexdigest()[:_SHOWN]


def absolute(address: str) -> str:
    """The address with this site's domain."""
    return f"https://{site.current().domain}{address}"


def manage(recipient: Recipient) -> str:
    """Where a person sees and ends the own subscriptions, from ``/``."""
    return reverse("public:notices_manage", args=[token(recipient, MANAGE)])


def unsubscribe(recipient: Recipient) -> str:
    """Where one ends them all; a mail program may post there by itself (RFC 8058)."""
    return reverse("public:notices_unsubscribe", args=[token(recipient, MANAGE)])


def confirm(recipient: Recipient) -> str:
    """Where one confirms what was subscribed to for this address."""
    return reverse("public:notices_confirm", args=[token(recipient, CONFIRM)])


def subject_link(topic: str, subject: str, title: str) -> str:
    """Where a person asks for news of one's own thing, from ``/``. Given only to somebody who has shown that it is
    theirs (number and query code); good for an hour."""
    given = signing.dumps({"topic": topic, "subject": subject, "title": title}, salt=_OWN, compress=True)
    return f"{reverse('public:notices_own')}?{urlencode({'about': given})}"


def own_of(given: str) -> dict[str, str] | None:
    """What such a link is about; None when it is not ours or an hour has passed."""
    try:
        found: dict[str, str] = signing.loads(given, salt=_OWN, max_age=_HOUR)
    except signing.BadSignature:
        return None
    return found
