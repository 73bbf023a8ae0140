// 检索框的输入提示(combobox)和结果的点开次数。没有脚本时,框照常能用,只是没有提示。
(() => {
  const WAIT = 150;

  const combobox = (input) => {
    const form = input.form;
    const list = document.createElement("ul");
    const said = document.createElement("p");
    let options = [], at = -1, typed = "", timer = 0, asked = 0;
    list.id = `${input.id}-list`;
    list.className = "suggest";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "检索提示");
    list.hidden = true;
    said.className = "sr";
    said.setAttribute("role", "status");
    form.classList.add("suggesting");
    form.append(list, said);
    input.type = "text";
    input.autocomplete = "off";
    input.enterKeyHint = "search";
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" })) input.setAttribute(name, value);

    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const point = (where) => {
      at = where;
      options.forEach((one, nth) => one.setAttribute("aria-selected", String(nth === at)));
      if (at < 0) { input.removeAttribute("aria-activedescendant"); input.value = typed; return; }
      input.setAttribute("aria-activedescendant", options[at].id);
      input.value = options[at].textContent;
      options[at].scrollIntoView({ block: "nearest" });
    };
    const show = (texts) => {
      list.replaceChildren();
      options = texts.map((text, nth) => {
        const one = document.createElement("li");
        one.id = `${list.id}-${nth}`;
        one.setAttribute("role", "option");
        one.setAttribute("aria-selected", "false");
        one.textContent = text;
        one.addEventListener("mousedown", (event) => event.preventDefault());
        one.addEventListener("click", () => { input.value = text; close(); form.requestSubmit(); });
        list.append(one);
        return one;
      });
      at = -1;
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
      said.textContent = options.length ? `有${options.length}条提示，用上下键选` : "";
    };
    const ask = async () => {
      const mine = ++asked;
      typed = input.value;
      if (!typed.trim()) { close(); return; }
      try {
        const response = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`, { credentials: "omit" });
        const found = response.ok ? (await response.json()).suggestions : [];
        if (mine === asked && document.activeElement === input) show(found);
      } catch { close(); }
    };

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    input.addEventListener("blur", () => { asked += 1; close(); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && list.hidden) { event.preventDefault(); ask(); return; }
      if (step) {
        event.preventDefault();
        const size = options.length + 1;
        point((at + 1 + step + size) % size - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        input.value = typed;
        close();
      }
    });
  };

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("input[data-suggest]").forEach(combobox);
    const results = document.querySelector(".results[data-opened]");
    if (!results || !navigator.sendBeacon) return;
    const tell = (event) => {
      if (event.type === "auxclick" && event.button !== 1) return;
      if (!event.target.closest("a[data-hit]")) return;
      const data = new FormData();
      data.set("q", results.dataset.query);
      navigator.sendBeacon(results.dataset.opened, data);
    };
    results.addEventListener("click", tell);
    results.addEventListener("auxclick", tell);
  });
})();
