// 打印按钮:没有脚本时不出现,照浏览器的打印也行。
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
