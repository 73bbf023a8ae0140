// 大字版:点一下放大,再点恢复,记在本机。没有脚本时,这个链接通到说明页。
(() => {
  const root = document.documentElement;
  // 自助终端里(kiosk.js 记着是哪一个人):后退到前一个人打开过的页,不让看
  const kiosk = (() => { try { return JSON.parse(sessionStorage.getItem("gongkai-kiosk")); } catch { return null; } })();
  if (kiosk) {
    const whose = (history.state || {}).kiosk;
    if (whose !== undefined && whose !== kiosk.id && location.pathname !== "/kiosk/") root.hidden = true;
    if (!document.querySelector("script[src*='kiosk']")) {
      const script = document.createElement("script");
      script.src = document.currentScript.src.replace(/elder[^/]*\.js/, "kiosk.js");
      document.head.append(script);
    }
  }
  const KEY = "gongkai-elder";
  const on = () => { try { return localStorage.getItem(KEY) === "1"; } catch { return false; } };
  const show = (state) => { root.classList.toggle("large", state); };
  show(on());
  addEventListener("DOMContentLoaded", () => {
    const link = document.getElementById("elder");
    if (!link) return;
    link.setAttribute("role", "button");
    const word = link.querySelector("span") || link;
    const label = () => { word.textContent = on() ? "标准字" : "大字"; link.setAttribute("aria-pressed", String(on())); };
    label();
    const toggle = (event) => {
      event.preventDefault();
      try { localStorage.setItem(KEY, on() ? "0" : "1"); } catch { /* 不能记住就只管这一页 */ }
      show(on());
      label();
    };
    link.addEventListener("click", toggle);
    link.addEventListener("keydown", (event) => { if (event.key === " ") toggle(event); });
  });
})();
