/** Everything that the mouse does can be done with keys. */

import type { App } from "./app";
import { h } from "./dom";

const KEYS: [string, string][] = [
  ["/", "search"],
  ["arrows", "on the map: go to the neighbour that lies there"],
  ["Tab", "go through the panel: names, sentences, actions"],
  ["F", "focus: the node and its neighbours alone"],
  ["E", "expand: add the node's neighbours"],
  ["H", "hide the node"],
  ["P", "path from the node to another"],
  ["+  −  0", "zoom in, out, show all"],
  ["M  L  Q", "map, list, query"],
  ["Alt ←  →", "back, forward"],
  ["Esc", "close, go back to the whole"],
];

export const helpDialog: HTMLDialogElement = h(
  "dialog",
  { class: "help", "aria-labelledby": "help-title" },
  h("h2", { id: "help-title" }, "Keys"),
  h("dl", null, KEYS.flatMap(([key, text]) => [h("dt", null, h("kbd", null, key)), h("dd", null, text)])),
  h("form", { method: "dialog" }, h("button", { class: "primary" }, "Close")),
);

const WAYS: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function addKeys(app: App, stage: HTMLElement): void {
  stage.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    step(app, way);
  });
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) {
      if (event.key === "Escape") target.blur();
      return;
    }
    if (act(app, event.key, stage)) event.preventDefault();
  });
}

function act(app: App, key: string, stage: HTMLElement): boolean {
  const { node } = app.state;
  const own: Record<string, () => void> = {
    f: () => app.isolate(node),
    e: () => app.expand(node),
    h: () => app.hide(node),
    p: () => document.dispatchEvent(new CustomEvent("path-from", { detail: node })),
  };
  const any: Record<string, () => void> = {
    "/": () => document.getElementById("search")?.focus(),
    "?": () => helpDialog.showModal(),
    "+": () => app.view?.camera.zoom(1 / 1.5),
    "=": () => app.view?.camera.zoom(1 / 1.5),
    "-": () => app.view?.camera.zoom(1.5),
    "0": () => app.view?.camera.home(),
    m: () => app.set({ tab: "map" }),
    l: () => app.set({ tab: "list" }),
    q: () => app.set({ tab: "query" }),
    Escape: () => {
      if (app.state.node >= 0 || app.state.pair || app.state.ends || app.marked.length) app.clear();
      else if (app.state.only) app.set({ only: null });
      stage.focus();
    },
  };
  const action = (node >= 0 && own[key.toLowerCase()]) || any[key.length === 1 ? key.toLowerCase() : key];
  action?.();
  return Boolean(action);
}

/** Goes from the selected node to the one that lies in a direction; with none selected, to the weightiest in view. */
function step(app: App, [dx, dy]: [number, number]): void {
  const { view, graph, visible } = app;
  if (!view) return;
  if (app.state.node < 0) {
    const { width, height } = view.sigma.getDimensions();
    const first = Array.from(graph.order).find((node) => {
      const [x, y] = view.place(node);
      return visible[node] && x > 0 && y > 0 && x < width && y < height;
    });
    if (first !== undefined) app.select(first);
    return;
  }
  const [x, y] = view.place(app.state.node);
  let best = -1, least = Infinity;
  for (const node of graph.neighbours(app.state.node)) {
    if (!visible[node]) continue;
    const [u, v] = view.place(node);
    const along = (u - x) * dx + (v - y) * dy, across = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
    if (along <= 0) continue;
    const far = along + across * 2;
    if (far < least) [best, least] = [node, far];
  }
  if (best >= 0) {
    app.select(best);
    const [u, v] = view.place(best);
    const { width, height } = view.sigma.getDimensions();
    if (u < 20 || v < 20 || u > width - 20 || v > height - 20) view.camera.flyTo([best, ...graph.neighbours(best).slice(0, 20)]);
  }
}
