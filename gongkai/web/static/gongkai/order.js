// 排次序:拖动一项,或者点中以后用上下方向键移动;次序数跟着变,按“保存”才算。没有脚本的改次序数也一样。
for (const list of document.querySelectorAll("[data-order]")) {
  const renumber = () => {
    [...list.children].forEach((item, place) => { item.querySelector("input[name^=place-]").value = place + 1; });
  };
  let held = null;
  for (const item of list.children) {
    item.draggable = true;
    item.tabIndex = 0;
    item.addEventListener("dragstart", (event) => {
      held = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    item.addEventListener("dragover", (event) => {
      if (!held || held === item) return;
      event.preventDefault();
      const box = item.getBoundingClientRect();
      list.insertBefore(held, event.clientY < box.top + box.height / 2 ? item : item.nextSibling);
    });
    item.addEventListener("drop", (event) => event.preventDefault());
    item.addEventListener("dragend", () => { held = null; renumber(); });
    item.addEventListener("keydown", (event) => {
      if (event.target !== item) return;
      const up = event.key === "ArrowUp" && item.previousElementSibling;
      const down = event.key === "ArrowDown" && item.nextElementSibling;
      if (!up && !down) return;
      event.preventDefault();
      list.insertBefore(item, up || down.nextSibling);
      renumber();
      item.focus();
    });
  }
}
