/** Opens the page: reads the data, builds the parts, draws, then unpacks the sentences. */

import { App } from "./app";
import { announce, h, replace, tidy } from "./dom";
import { Graph } from "./graph";
import { addKeys, helpDialog } from "./keys";
import { List } from "./list";
import { Names } from "./names";
import { Pack, pause, takeBlock, unpackGzip, unpackLzma } from "./pack";
import { Panel } from "./panel";
import { QueryTab } from "./query";
import { makeCsv, makeGraphml, makeSvg, savePng, saveText } from "./save";
import { SearchBox } from "./searchbox";
import { Sidebar } from "./sidebar";
import type { State } from "./state";
import { Tables } from "./tables";
import { Timeline } from "./timeline";
import { View } from "./view";

const root = document.getElementById("app")!;
const THEMES = ["", "light", "dark"];

async function open(): Promise<void> {
  const core = new Pack(await unpackGzip(takeBlock("core")));
  const tables = new Tables([core]);
  const graph = new Graph(tables, new Names(tables), core);
  const app = new App(graph);
  const stage = h("div", { class: "stage", tabindex: "0", role: "application", "aria-label": "Map of the graph. Arrow keys go from node to node, question mark shows all keys." });
  const query = new QueryTab(app);
  const list = new List(app);
  const tabs = makeTabs(app);
  const path = pathDialog(app);
  const main = h("main", null, stage, list.element, query.element, new Timeline(app).element);
  Object.assign(globalThis, { kgApp: app }); // for those who want to look inside with the console
  root.append(
    header(app, stage, tabs, path),
    h("div", { class: "body" }, new Sidebar(app).element, main, new Panel(app).element),
    path,
    helpDialog,
  );
  const show = () => showTab(app.state.tab, { map: stage, list: list.element, query: query.element }, tabs, list);
  app.listen((changed) => {
    if (!changed.has("tab")) return;
    show();
    if (app.state.tab === "map") app.view?.sigma.refresh({ skipIndexation: true });
  });
  show();
  startView(app, stage);
  addKeys(app, stage);
  app.restore();
  show();
  await twoFrames();
  document.documentElement.dataset.ready = String(Math.round(performance.now()));
  await pause();
  await unpackDetail(app, query);
  document.documentElement.dataset.complete = String(Math.round(performance.now()));
}

function showTab(tab: State["tab"], parts: Record<State["tab"], HTMLElement>, tabs: HTMLElement, list: List): void {
  for (const [name, part] of Object.entries(parts)) part.hidden = name !== tab;
  document.body.dataset.tab = tab;
  for (const button of tabs.children) button.setAttribute("aria-pressed", String((button as HTMLElement).dataset.tab === tab));
  if (tab === "list") list.show();
}

/** The sentences and the questions, once the map stands. */
async function unpackDetail(app: App, query: QueryTab): Promise<void> {
  const { tables } = app.graph;
  const detail = new Pack(await unpackLzma(takeBlock("detail")));
  tables.add(detail);
  query.setQuestions(detail.texts("queries")[0]);
  app.refresh();
  await pause();
  for (const table of tables.all) { // so that the first click does not wait for it
    if (!["Assertion", "Evidence"].includes(table.head.name)) continue;
    table.columns();
    await pause();
  }
  app.evidence.claims(-1);
}

function twoFrames(): Promise<void> {
  return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
}

function startView(app: App, stage: HTMLElement): void {
  let waiting = 0;
  const events = {
    node: (node: number) => app.select(node),
    pair: (a: number, b: number) => app.linkOf(a, b),
    nothing: () => app.clear(),
    moved: () => {
      clearTimeout(waiting);
      waiting = window.setTimeout(() => app.writeAddress(false), 400);
    },
  };
  try {
    app.view = new View(stage, app.graph, events);
  } catch (error) {
    console.warn(error);
    replace(stage, h("p", { class: "no-webgl" }, "This browser cannot draw the map (WebGL is off). The list and the queries have the same content."));
    app.set({ tab: "list" }, { quiet: true });
    return;
  }
  const theme = () => app.view?.setTheme();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);
  document.addEventListener("theme", theme);
}

function makeTabs(app: App): HTMLElement {
  const tab = (name: State["tab"], text: string) => h("button", { type: "button", "data-tab": name, "aria-pressed": "false", onclick: () => app.set({ tab: name }) }, text);
  return h("div", { class: "tabs", role: "group", "aria-label": "Views" }, tab("map", "Map"), tab("list", "List"), tab("query", "Query"));
}

function header(app: App, stage: HTMLElement, tabs: HTMLElement, path: HTMLDialogElement): HTMLElement {
  const search = new SearchBox(app, "Search names and aliases", (node) => {
    app.set({ tab: "map" });
    app.select(node, true);
    document.querySelector<HTMLElement>(".panel h2")?.focus();
  });
  search.input.id = "search";
  const filters = h("button", { type: "button", class: "phone", "aria-expanded": "false", onclick: () => filters.setAttribute("aria-expanded", String(document.body.classList.toggle("with-filters"))) }, "Filters");
  return h(
    "header",
    { class: "top" },
    h("h1", null, app.graph.tables.meta.title),
    search.element,
    tabs,
    h(
      "div",
      { class: "tools" },
      filters,
      h("button", { type: "button", onclick: () => path.showModal() }, "Path"),
      saveMenu(app, stage),
      h("button", { type: "button", class: "icon", title: "Light or dark", "aria-label": "Light or dark", onclick: switchTheme }, "◐"),
      h("button", { type: "button", class: "icon", title: "Keys (?)", "aria-label": "Keys", onclick: () => helpDialog.showModal() }, "?"),
    ),
  );
}

function switchTheme(): void {
  const { dataset } = document.documentElement;
  const next = THEMES[(THEMES.indexOf(dataset.theme ?? "") + 1) % THEMES.length];
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const wanted = next === "" ? (dark ? "light" : "dark") : next;
  dataset.theme = dataset.theme === wanted ? (wanted === "dark" ? "light" : "dark") : wanted;
  document.dispatchEvent(new Event("theme"));
  announce(`${dataset.theme} colours`);
}

function saveMenu(app: App, stage: HTMLElement): HTMLElement {
  const item = (text: string, act: () => void) => h("li", null, h("button", { type: "button", onclick: () => {
    menu.open = false;
    act();
  } }, text));
  const link = async () => {
    await navigator.clipboard?.writeText(location.href).catch(() => undefined);
    announce("The link to this view is in the clipboard");
  };
  const menu: HTMLDetailsElement = h(
    "details",
    { class: "menu", onkeydown: (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
      event.stopPropagation();
    } },
    h("summary", null, "Save"),
    h(
      "ul",
      null,
      item("Picture (PNG)", () => app.view && void savePng(app.view, stage)),
      item("Picture (SVG)", () => app.view && saveText("graph.svg", makeSvg(app.view), "image/svg+xml")),
      item("Selection as GraphML", () => app.view && saveText("selection.graphml", makeGraphml(app), "application/xml")),
      item("Selection as CSV", () => saveText("selection.csv", makeCsv(app), "text/csv")),
      item("Copy a link to this view", () => void link()),
    ),
  );
  return menu;
}

function pathDialog(app: App): HTMLDialogElement {
  let from = -1, to = -1;
  const a = new SearchBox(app, "From", (node) => ((from = node), b.input.focus()), true);
  const b = new SearchBox(app, "To", (node) => ((to = node), go.focus()), true);
  const go = h("button", { type: "submit", class: "primary" }, "Find the way");
  const hint = h("p", { class: "soft", role: "status" }, "Choose two nodes. Every hop comes with the sentence that says it.");
  const form = h("form", { method: "dialog", onsubmit: (event: Event) => {
    if (from < 0 || to < 0 || from === to) {
      event.preventDefault();
      hint.textContent = "Choose two different nodes from the suggestions.";
      return;
    }
    app.pathOf(from, to);
  } }, h("h2", { id: "path-title" }, "Path between two nodes"), hint, a.element, b.element, h("p", { class: "actions" }, go, h("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
  const dialog: HTMLDialogElement = h("dialog", { class: "path", "aria-labelledby": "path-title" }, form);
  document.addEventListener("path-from", (event) => {
    from = (event as CustomEvent<number>).detail;
    a.input.value = tidy(app.graph.labels[from], 200);
    dialog.showModal();
    b.input.focus();
  });
  return dialog;
}

open().catch((error: unknown) => {
  console.error(error);
  replace(root, h("p", { class: "error", role: "alert" }, `This page cannot be opened: ${String((error as Error).message ?? error)}. It needs a browser of 2023 or later.`));
});
