// 申请的草稿只存在填表人自己的设备上:边填边存,提交成功就清掉,也可以随时清掉。证件号码和文件不存。
(() => {
  const KEY = "gongkai-application";
  const SKIP = new Set(["identity", "agent_identity", "identity_file", "attachment", "look"]);
  const store = { get: () => { try { return JSON.parse(localStorage.getItem(KEY) || "null"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem(KEY, JSON.stringify(value)); } catch { /* 存不了就算了 */ } },
    clear: () => { try { localStorage.removeItem(KEY); } catch { /* 同上 */ } } };
  if (document.querySelector("[data-sent]")) { store.clear(); return; }
  const form = document.querySelector("form.keep-draft");
  const suggesting = document.querySelector("form[data-suggest]");
  if (form) {
    const fields = () => [...form.elements].filter((one) => one.name && !SKIP.has(one.name) && one.type !== "file" && one.type !== "hidden" && one.tagName !== "BUTTON");
    const note = document.getElementById("draft-note");
    const kept = store.get();
    const untouched = !form.querySelector(".bad");
    if (kept && untouched && !form.elements.description.value) {
      for (const one of fields()) {
        if (one.type === "radio" || one.type === "checkbox") one.checked = kept[one.name] === one.value || kept[one.name] === true;
        else if (kept[one.name]) one.value = kept[one.name];
      }
      const wipe = document.createElement("button");
      wipe.type = "button"; wipe.className = "plain small"; wipe.textContent = "清掉本机的草稿";
      wipe.addEventListener("click", () => { store.clear(); form.reset(); note.textContent = "草稿已经清掉。"; });
      note.textContent = "已经填回上次存在本机的草稿。"; note.after(wipe);
    }
    form.addEventListener("input", () => {
      const values = {};
      for (const one of fields()) {
        if (one.type === "radio") { if (one.checked) values[one.name] = one.value; }
        else if (one.type === "checkbox") values[one.name] = one.checked;
        else values[one.name] = one.value;
      }
      store.set(values);
    });
  }
  if (suggesting) {
    const found = document.getElementById("found");
    let asked = "", timer = 0;
    const ask = () => {
      const text = suggesting.elements.description.value.trim();
      if (text.length < 4 || text === asked) return;
      asked = text;
      const query = new URLSearchParams({ q: text.slice(0, 300), number: suggesting.elements.doc_number.value, agency: suggesting.elements.agency.value });
      fetch(`${suggesting.dataset.suggest}?${query}`).then((answer) => answer.ok ? answer.text() : "").then((html) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        found.replaceChildren(...page.body.childNodes);
      }).catch(() => {});
    };
    suggesting.elements.description.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 600); });
  }
})();
