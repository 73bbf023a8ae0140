// 窄屏上先把菜单收起来,点一下再展开;没有脚本时菜单一直展开,照样能用。
if (matchMedia("(max-width: 59.99rem)").matches) document.querySelector(".menu").removeAttribute("open");
