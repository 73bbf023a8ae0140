"""浏览器测试:Debian 的 Chromium,每页查一遍 axe。"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe


@pytest.fixture
def inspect():
    """Open a page and give what is wrong with it: status, overflow, console errors, axe."""

    def look(page, url: str, *, status: int = 200) -> list[str]:
        faults: list[str] = []

        def heard(message) -> None:
            if message.type == "error" and status == 200:
                faults.append(f"控制台:{message.text}")

        page.on("console", heard)
        response = page.goto(url)
        if response.status != status:
            faults.append(f"状态 {response.status}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
            faults.append("页面比屏幕宽")
        results = Axe().run(page)
        faults += [f"axe {one['id']}: {one['nodes'][0]['html'][:100]}" for one in results.response["violations"]]
        page.remove_listener("console", heard)
        return faults

    return look
