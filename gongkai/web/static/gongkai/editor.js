// 起草页:给正文框换上编辑器,隔一会儿自动保存,离开前提醒。没有脚本时就是一个普通文本框,照样能写能存。
const self = document.querySelector("script[data-editor-module]");
const form = document.getElementById("edit-form");
const status = document.getElementById("autosave");
const area = form.querySelector("textarea[data-editor]");

const TOOLS = [
  ["一级标题", (c) => c.toggleHeading({ level: 2 }), (e) => e.isActive("heading", { level: 2 })],
  ["二级标题", (c) => c.toggleHeading({ level: 3 }), (e) => e.isActive("heading", { level: 3 })],
  ["三级标题", (c) => c.toggleHeading({ level: 4 }), (e) => e.isActive("heading", { level: 4 })],
  ["正文", (c) => c.setParagraph(), (e) => e.isActive("paragraph")],
  ["加粗", (c) => c.toggleBold(), (e) => e.isActive("bold")],
  ["项目列表", (c) => c.toggleBulletList(), (e) => e.isActive("bulletList")],
  ["编号列表", (c) => c.toggleOrderedList(), (e) => e.isActive("orderedList")],
  ["插入表格", (c) => c.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), () => false],
  ["加一行", (c) => c.addRowAfter(), () => false],
  ["加一列", (c) => c.addColumnAfter(), () => false],
  ["删一行", (c) => c.deleteRow(), () => false],
  ["删一列", (c) => c.deleteColumn(), () => false],
  ["删表格", (c) => c.deleteTable(), () => false],
  ["撤销", (c) => c.undo(), () => false],
  ["重做", (c) => c.redo(), () => false],
];

async function upgrade() {
  const kit = await import(self.dataset.editorModule);
  // 登录过期以前写的(kept.js)先填回文本框,编辑器再接过去。
  if (document.readyState !== "complete") await new Promise((done) => addEventListener("load", done, { once: true }));
  const label = form.querySelector(`label[for="${area.id}"]`);
  const editor = kit.createTextareaEditor(area, [
    kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Heading.configure({ levels: [2, 3, 4] }), kit.Bold,
    kit.BulletList, kit.OrderedList, kit.ListItem, kit.Blockquote, kit.Link, kit.Table, kit.TableRow, kit.TableHeader,
    kit.TableCell, kit.History, kit.Dropcursor, kit.Gapcursor, kit.NoSpellCheck,
  ]);
  if (!editor) return;
  const surface = editor.view.dom;
  surface.setAttribute("role", "textbox");
  surface.setAttribute("aria-multiline", "true");
  surface.setAttribute("aria-label", label ? label.textContent.trim() : "正文");
  const bar = document.createElement("div");
  bar.className = "toolbar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文格式");
  const buttons = TOOLS.map(([text, run, active]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => run(editor.chain().focus()).run());
    bar.append(button);
    return [button, active];
  });
  const reflect = () => buttons.forEach(([button, active]) => button.setAttribute("aria-pressed", String(active(editor))));
  editor.on("transaction", reflect);
  editor.on("update", changed);
  reflect();
  surface.closest(".prose-editor").before(bar);
}

let dirty = false;
let timer = null;
let stopped = false;

function changed() {
  dirty = true;
  clearTimeout(timer);
  if (!stopped) timer = setTimeout(save, 8000);
}

// 选了还没有上传的附件不跟着自动保存走。
function words() {
  const data = new FormData(form);
  data.delete("file");
  return data;
}

async function save() {
  if (!dirty || stopped) return;
  dirty = false;
  try {
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: words(), credentials: "same-origin" });
    const data = await answer.json();
    status.textContent = data.message;
    status.className = data.state === "saved" ? "" : "error";
    if (data.state === "saved") form.elements.revision.value = data.revision;
    if (data.state === "conflict") stopped = true;
    if (data.state !== "saved") dirty = true;
  } catch {
    dirty = true;
    status.textContent = "没有连上服务器，暂未自动保存；内容仍在本页，请稍后点“保存”。";
    status.className = "error";
  }
}

form.addEventListener("input", changed);
form.addEventListener("submit", () => { stopped = true; dirty = false; });
addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
upgrade().catch(() => { status.textContent = "编辑器没有打开，可以直接在文本框里写。"; });
