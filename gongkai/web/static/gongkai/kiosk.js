// 体验区的自助终端:大字;没有人动就提示,再没有人动就结束,前一个人的什么也不留;只在本站里走,不开新窗口。
// 线路断了:要走的留在这一页上说清楚(浏览器的错误页不会自己结束),该结束的当场清掉,恢复以后自己回第一页。
(() => {
  const KEY = "gongkai-kiosk";
  const HOME = "/kiosk/";
  const END = "/kiosk/end/";
  const root = document.documentElement;
  // 终端的第一页自己引这一份,前一页又记着要引:只做一遍
  if (root.dataset.kiosk) return;
  root.dataset.kiosk = "1";
  const read = () => { try { return JSON.parse(sessionStorage.getItem(KEY)); } catch { return null; } };
  const given = document.currentScript ? document.currentScript.dataset : {};
  // 一个人的记号:后退回到别人打开过的页,记号不同,就回第一页
  const begin = (idle, left) => {
    const id = Array.from(crypto.getRandomValues(new Uint32Array(4)), (one) => one.toString(36)).join("");
    const person = { id, idle, left };
    try { sessionStorage.setItem(KEY, JSON.stringify(person)); } catch { /* 记不住的,每页都是新的一个人 */ }
    return person;
  };
  const kiosk = read() || begin(Number(given.idle) || 60, Number(given.left) || 30);

  // 线路怎样:up 通,pack 断了由本机的离线包答,down 什么也打不开
  const line = async () => {
    try {
      const answer = await fetch(HOME, {
        method: "HEAD", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout(6000),
      });
      return answer.ok && !answer.headers.has("X-Kiosk-Pack") ? "up" : "pack";
    } catch { return "down"; }
  };
  const replace = async (to) => { if (await line() === "down") standby(); else location.replace(to); };
  const standby = () => {
    if (document.readyState === "loading") { addEventListener("DOMContentLoaded", standby); return; }
    const main = document.createElement("main");
    const head = document.createElement("h1");
    const words = document.createElement("p");
    main.className = "kiosk-body";
    head.textContent = document.title = "线路断了";
    words.textContent = "前面一位填的和看的都已经清除。线路恢复以后自己回到第一页；着急的请问工作人员。";
    main.append(head, words);
    document.body.replaceChildren(main);
    history.replaceState({ kiosk: "" }, "", HOME);
    begin(kiosk.idle, kiosk.left);
    root.hidden = false;
    setInterval(async () => { if (await line() !== "down") location.replace(END); }, 10000);
  };

  const whose = (history.state || {}).kiosk;
  if (whose !== undefined && whose !== kiosk.id && location.pathname !== HOME) { root.hidden = true; replace(HOME); return; }
  // 连同网址一起换:交过的表不能再后退、刷新着重交
  history.replaceState({ kiosk: kiosk.id }, "", location.href);
  root.classList.add("kiosk");

  const end = async () => {
    root.hidden = true;
    for (const form of document.forms) form.reset();
    try { localStorage.clear(); sessionStorage.clear(); } catch { /* 没有存储就没有要清的 */ }
    try { for (const one of await indexedDB.databases()) indexedDB.deleteDatabase(one.name); } catch { /* 老浏览器 */ }
    try { for (const one of await caches.keys()) await caches.delete(one); } catch { /* 不是安全的网址 */ }
    try { await navigator.clipboard.writeText(""); } catch { /* 没有准许 */ }
    replace(END);
  };

  let timer = 0;
  let ticking = 0;
  let box = null;
  const close = () => { clearInterval(ticking); if (box) box.remove(); box = null; };
  const prompt = () => {
    let left = kiosk.left;
    box = document.createElement("div");
    box.className = "kiosk-ask";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", "还在用吗");
    const words = document.createElement("p");
    const stay = document.createElement("button");
    const go = document.createElement("button");
    stay.textContent = "继续用";
    go.textContent = "结束并清除";
    go.className = "plain";
    stay.addEventListener("click", () => { close(); restart(); });
    go.addEventListener("click", end);
    const say = () => { words.textContent = `还在用吗？${left}秒以后结束，填的和看的都清除。`; };
    say();
    box.append(words, stay, go);
    document.body.append(box);
    stay.focus();
    ticking = setInterval(() => {
      left -= 1;
      if (left <= 0) { clearInterval(ticking); end(); } else say();
    }, 1000);
  };
  const restart = () => { if (box) return; clearTimeout(timer); timer = setTimeout(prompt, kiosk.idle * 1000); };

  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, restart, { passive: true });
  addEventListener("pageshow", (event) => {
    const now = read();
    if (event.persisted && (!now || now.id !== kiosk.id)) { root.hidden = true; replace(HOME); }
  });
  addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("dragstart", (event) => event.preventDefault());
  window.open = () => null;
  addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (!link) return;
    link.removeAttribute("target");
    const to = new URL(link.href, location.href);
    const here = to.pathname === location.pathname && to.search === location.search && to.hash;
    if (to.origin === location.origin && here) return;
    event.preventDefault();
    if (to.origin === location.origin) { go(to.href); return; }
    tell(to.protocol === "tel:" ? `请用电话拨打${to.pathname}。` : `终端上打不开别的网站，请用手机打开：${to.href}`);
  }, true);
  const go = async (to) => {
    if (await line() === "down") tell("线路断了，现在打不开别的页。请过一会儿再点，或者问工作人员。"); else location.href = to;
  };
  // 交表以前先看线路:断了的不交,留在原来的页上,填的还在,到时候照样清除
  addEventListener("submit", async (event) => {
    const form = event.target;
    const button = event.submitter;
    if (form.dataset.sent) { delete form.dataset.sent; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const now = await line();
    if (now === "up" || (now === "pack" && form.method === "get")) {
      form.dataset.sent = "1";
      form.requestSubmit(button);
    } else {
      tell("线路断了，没有交出去，填的还在。线路恢复以后再交，或者请工作人员代收纸质的；不等了请点“结束并清除”。");
    }
  }, true);
  const tell = (text) => {
    const note = document.createElement("div");
    note.className = "kiosk-ask";
    note.setAttribute("role", "alert");
    const words = document.createElement("p");
    const shut = document.createElement("button");
    words.textContent = text;
    shut.textContent = "知道了";
    shut.addEventListener("click", () => note.remove());
    note.append(words, shut);
    document.body.append(note);
    shut.focus();
  };

  const dress = () => {
    for (const form of document.forms) form.setAttribute("autocomplete", "off");
    for (const field of document.querySelectorAll("input, textarea")) field.setAttribute("autocomplete", "off");
    const bar = document.createElement("nav");
    bar.className = "kiosk-bar";
    bar.setAttribute("aria-label", "终端");
    const add = (label, act, pressed) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.className = "plain";
      if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
      button.addEventListener("click", () => act(button));
      bar.append(button);
      return button;
    };
    const mode = (label, name) => add(label, (button) => {
      const state = root.classList.toggle(name);
      button.setAttribute("aria-pressed", String(state));
      try { sessionStorage.setItem(`${KEY}-${name}`, state ? "1" : ""); } catch { /* 只管这一页 */ }
    }, root.classList.contains(name));
    for (const name of ["contrast", "low"]) {
      try { root.classList.toggle(name, sessionStorage.getItem(`${KEY}-${name}`) === "1"); } catch { /* 没有存储 */ }
    }
    if (location.pathname !== HOME) add("第一页", () => go(HOME));
    if (!location.pathname.startsWith(HOME)) {
      add("用手机带走", () => go(`/kiosk/take/?path=${encodeURIComponent(location.pathname)}`));
    }
    add("打印这一页", () => { window.print(); });
    mode("高对比", "contrast");
    mode("放低", "low");
    add("结束并清除", end).className = "danger";
    document.body.append(bar);
  };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", dress); else dress();
  restart();
})();
