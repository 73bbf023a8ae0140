// 体验区的自助机:大字;两分钟没有人动就回到第一页,前一个人填的不留。
(() => {
  document.documentElement.classList.add("kiosk");
  const IDLE = 120000;
  let timer = 0;
  const restart = () => { clearTimeout(timer); timer = setTimeout(() => { location.replace("/apply/?kiosk"); }, IDLE); };
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(kind, restart, { passive: true });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  restart();
})();
