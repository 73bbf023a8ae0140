"""浏览器的窗口:每个人一个,登录好的;公众的手机一个。各个故事用。"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.urls import reverse

from gongkai.org.models import User

SECRET = "correct-horse-battery"
PHONE = {"width": 375, "height": 800}


def let_in(people: Iterable[User]) -> None:
    """These people sign in with ``SECRET``."""
    for person in people:
        person.password = make_password(SECRET)
        person.save()


def fill(page: Any, fields: dict[str, Any]) -> None:
    """Each field by its kind: ticks, choices, text."""
    for name, value in fields.items():
        control = page.locator(f"main [name={name}]").first
        if isinstance(value, list):
            for one in value:
                page.check(f"main [name={name}][value={one}]")
        elif control.get_attribute("type") == "checkbox":
            control.set_checked(value)
        elif control.evaluate("one => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(str(value))


class Windows:
    """A window for each person, opened and signed in when first asked for, and the public's phone.

    Everyone's password is ``secret``: that of ``let_in``, or the sample district's.
    """

    def __init__(self, chromium: Any, base: str, secret: str = SECRET) -> None:
        self.chromium, self.base, self.secret = chromium, base, secret
        self.windows: dict[Hashable, Any] = {}

    def close(self) -> None:
        """Close every window; the next one asked for is signed in anew."""
        for page in self.windows.values():
            page.context.close()
        self.windows = {}

    def desk(self, person: User) -> Any:
        """The window of a person, signed in."""
        if person.pk not in self.windows:
            page = self.windows[person.pk] = self.chromium.new_context(locale="zh-CN").new_page()
            page.goto(self.base + reverse("account_login"))
            fill(page, {"login": person.username, "password": self.secret})
            page.press("#id_password", "Enter")
            page.wait_for_url(re.compile("/desk/"))
        return self.windows[person.pk]

    @property
    def phone(self) -> Any:
        """The window of somebody with a phone, who has no account."""
        if "phone" not in self.windows:
            self.windows["phone"] = self.chromium.new_context(locale="zh-CN", viewport=PHONE).new_page()
        return self.windows["phone"]

    def visit(self, person: User, url: str) -> Any:
        """The window of a person, on a page."""
        page = self.desk(person)
        page.goto(self.base + url)
        return page

    def read(self, url: str, status: int = 200) -> str:
        """What the public reads on the phone; nothing runs over the edge."""
        assert self.phone.goto(self.base + url).status == status, url
        assert self.phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], url
        return self.phone.inner_text("main")
