// 访谈进行时自己添上新的几段:隔一会儿读一次小文件,不用第三方,不开长连接。没有脚本的,刷新就是。
(() => {
  addEventListener("DOMContentLoaded", () => {
    const list = document.querySelector("[data-live]");
    const shape = document.getElementById("talk-line");
    if (!list || !shape) return;
    const every = Number(list.dataset.every) * 1000;
    const amendments = Number(list.dataset.amendments);
    const last = () => Number(list.lastElementChild?.dataset.n || 0);
    let failed = 0;

    const add = (line) => {
      const one = shape.content.firstElementChild.cloneNode(true);
      one.dataset.n = line.n;
      one.querySelector(".who").textContent = line.who;
      one.querySelector(".at").textContent = line.at;
      one.querySelector(".text").textContent = line.text;
      list.append(one);
    };
    const look = async () => {
      if (document.hidden) { wait(); return; }
      try {
        const response = await fetch(list.dataset.live, { credentials: "omit", cache: "no-cache" });
        if (!response.ok) throw new Error(response.status);
        const told = await response.json();
        failed = 0;
        const lines = told.lines.filter((line) => line.n > last());
        // 缺的比小文件里的多、改过笔误、开始或者结束了:整页重读
        const gap = lines.length && lines[0].n > last() + 1;
        if (gap || told.amendments !== amendments || told.state !== list.dataset.state) { location.reload(); return; }
        lines.forEach(add);
      } catch { failed += 1; }
      wait();
    };
    // 错开各人的钟点;读不到的越等越久,免得一起涌上来
    const wait = () => setTimeout(look, every * (0.8 + 0.4 * Math.random()) * Math.min(2 ** failed, 16));
    wait();
  });
})();
