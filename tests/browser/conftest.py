"""浏览器测试:Debian 的 Chromium,每页查一遍 axe。"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
#: The wide one at 200 % of the text's size, and just before tables become cards: only whether the page fits.
ZOOMED, TABLET = {"width": 640, "height": 450}, {"width": 780, "height": 900}
#: What axe looks at again on a phone: the rules whose answer depends on where things stand.
BY_LAYOUT = {
    "runOnly": ["target-size", "scrollable-region-focusable", "region", "meta-viewport"],
    "resultTypes": ["violations"],
}
OVERFLOWS = "document.documentElement.scrollWidth > innerWidth + 1"


@pytest.fixture
def inspect():
    """Open a page and give what is wrong with it: status, console errors, axe; wide and then narrowed to a phone, overflow;
    in between, whether it fits a tablet and a text of double size."""
    axe = Axe()

    def look(page, url: str, *, status: int = 200) -> list[str]:
        faults: list[str] = []

        def heard(message) -> None:
            if message.type == "error" and status == 200:
                faults.append(f"控制台:{message.text}")

        def check(size, **options) -> None:
            if page.evaluate(OVERFLOWS):
                faults.append(f"{size['width']}:页面比屏幕宽")
            found = axe.run(page, **options).response["violations"]
            faults.extend(f"{size['width']}:axe {rule['id']}: {rule['nodes'][0]['html'][:100]}" for rule in found)

        page.on("console", heard)
        page.set_viewport_size(WIDE)
        response = page.goto(url)
        if response.status != status:
            faults.append(f"状态 {response.status}")
        check(WIDE)
        for size in (TABLET, ZOOMED):
            page.set_viewport_size(size)
            if page.evaluate(OVERFLOWS):
                faults.append(f"{size['width']}:页面比屏幕宽")
        page.set_viewport_size(PHONE)
        check(PHONE, options=BY_LAYOUT)
        page.remove_listener("console", heard)
        return faults

    return look
