// “/”键到工作台的检索框。正在打字的、带着别的键的不算。
document.addEventListener("keydown", (event) => {
  const target = event.target;
  const typing = target.closest("input, textarea, select, [contenteditable], [role=textbox]");
  if (event.key !== "/" || typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const box = document.getElementById("desk-find");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});
