"""推送的样本,给按网址探测用(``tests/architecture/test_probe.py``)。"""

from gongkai.notices import actions
from gongkai.notices.models import Message
from gongkai.notices.terms import State, Way
from gongkai.notices.topics import Choice, Happened

#: 通道的页面不带谁的东西。
BY_THE_CASE: set[str] = set()


def samples(own, at, secret):
    """Something that the agency did, as secret as a draft, told to one person."""
    actions.subscribe(Way.STATION, "", [Choice("notices.policy", consents=True)], at=at)
    happened = Happened("probe", secret, "/info/1/", agency=own.agency)
    happening = actions.enqueue("notices.policy", happened, at=at)
    actions.spread(at)
    message = Message.objects.get(happening=happening)
    Message.objects.filter(pk=message.pk).update(state=State.FAILED)
    return {
        "pks": {
            **dict.fromkeys(("notices_happening", "notices_call_off"), happening.pk),
            "notices_retry": message.pk,
        },
        "arguments": {name: {"way": "sms"} for name in ("notices_pause", "notices_resume", "notices_gateway")},
    }
