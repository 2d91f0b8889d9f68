/** The legend, which filters; the other filters; and the regions of the map. */

import type { App } from "./app";
import { counted, h, plain, quoted, replace } from "./dom";
import { isFiltered } from "./filter";
import { START } from "./state";
import { kindOrder, kindWord } from "./theme";

export class Sidebar {
  readonly element = h("nav", { class: "sidebar", "aria-label": "Filters" });
  private count = h("p", { class: "count-line", role: "status" });
  private legend = h("fieldset", { class: "legend" });
  private reset = h("button", { type: "button", class: "reset", onclick: () => this.clear() }, "Show all");
  private selects: Record<"topic" | "source" | "region", HTMLSelectElement | null> = { topic: null, source: null, region: null };
  private degree = h("input", { type: "range", min: "0", max: "20", step: "1", id: "degree", oninput: () => this.app.set({ degree: Number(this.degree.value) }) });
  private degreeText = h("output", { for: "degree" });

  constructor(private app: App) {
    const { graph, filter } = app;
    this.selects.topic = this.select("topic", "Topic", [...filter.topics.keys()].sort());
    this.selects.source = this.select("source", "Source", filter.sources);
    this.selects.region = this.select("region", "Region", graph.regions.map((name) => plain(name, 60)), true);
    const field = (name: "topic" | "source" | "region", text: string, many: number) => (many ? h("p", { class: "field" }, h("label", { for: `filter-${name}` }, text), this.selects[name]) : null);
    const links = h("p", { class: "field" }, h("label", { for: "degree" }, "At least so many links ", this.degreeText), this.degree);
    this.element.append(
      h("div", { class: "shown" }, this.count, this.reset),
      this.legend,
      ...[field("topic", "Topic", filter.topics.size), field("source", "Source", filter.sources.length > 1 ? 1 : 0), field("region", "Region", graph.regions.length)].filter((f) => f !== null),
      links,
      this.regions(),
    );
    app.listen(() => this.update());
    this.update();
  }

  private select(name: "topic" | "source" | "region", label: string, choices: string[], numbered = false): HTMLSelectElement {
    const select: HTMLSelectElement = h("select", { id: `filter-${name}`, onchange: () => {
      if (numbered) {
        this.app.set({ region: Number(select.value) });
        const { graph } = this.app;
        if (this.app.state.region >= 0) this.app.view?.camera.flyTo(Array.from(graph.order).filter((node) => graph.home[node] === this.app.state.region));
      } else this.app.set({ [name]: select.value });
    } }, h("option", { value: numbered ? "-1" : "" }, `Any ${label.toLowerCase()}`), choices.map((choice, n) => h("option", { value: numbered ? n : choice }, plain(choice, 60))));
    return select;
  }

  private regions(): HTMLElement {
    const { graph } = this.app;
    const size = new Map<number, number>();
    for (const node of graph.order) size.set(graph.home[node], (size.get(graph.home[node]) ?? 0) + 1);
    const item = (name: string, n: number) =>
      h("li", null, h("button", { type: "button", onclick: () => this.app.view?.camera.flyTo(Array.from(graph.order).filter((node) => graph.home[node] === n)) }, quoted(name || "unnamed", 80)), h("span", { class: "count" }, size.get(n) ?? 0));
    return h("details", { class: "regions", open: true }, h("summary", null, "Regions of the map"), h("ol", null, graph.regions.slice(0, 24).map(item)));
  }

  private clear(): void {
    this.app.set({ only: null, hidden: [], off: [], topic: "", source: "", region: -1, from: null, to: null, degree: START.degree });
  }

  private update(): void {
    const { app } = this;
    const { graph, state, visible } = app;
    const shown = new Map<string, number>();
    let total = 0;
    for (const node of graph.order) {
      if (!visible[node]) continue;
      const kind = graph.kinds[node];
      shown.set(kind, (shown.get(kind) ?? 0) + 1);
      total++;
    }
    const filtered = isFiltered(state);
    replace(this.count, filtered ? `${total.toLocaleString("en")} of ${counted(graph.order.length, "node")}` : counted(total, "node"), h("small", null, `${counted(graph.source.length, "link")} · ${counted(graph.documents.length, "document")}`));
    this.reset.hidden = !filtered;
    if (!this.legend.childElementCount) this.makeLegend([...shown.keys()]);
    for (const label of this.legend.querySelectorAll<HTMLElement>("label")) {
      const kind = label.dataset.kind!;
      label.querySelector("input")!.checked = !state.off.includes(kind);
      label.querySelector(".count")!.textContent = (shown.get(kind) ?? 0).toLocaleString("en");
    }
    if (this.selects.topic) this.selects.topic.value = state.topic;
    if (this.selects.source) this.selects.source.value = state.source;
    if (this.selects.region) this.selects.region.value = String(state.region);
    this.degree.value = String(state.degree);
    this.degreeText.textContent = String(state.degree);
  }

  private makeLegend(all: string[]): void {
    const toggle = (kind: string) => {
      const off = new Set(this.app.state.off);
      if (!off.delete(kind)) off.add(kind);
      this.app.set({ off: [...off].sort() });
    };
    const only = (kind: string) => this.app.set({ off: all.filter((other) => other !== kind).sort() });
    const kinds = [...all].sort((a, b) => kindOrder.indexOf(a) - kindOrder.indexOf(b));
    replace(
      this.legend,
      h("legend", null, "Kinds"),
      kinds.map((kind) =>
        h(
          "div",
          { class: "row" },
          h("label", { "data-kind": kind }, h("input", { type: "checkbox", onchange: () => toggle(kind) }), h("i", { class: `dot kind-${kind}` }), h("span", { class: "word" }, kindWord(kind, true)), h("span", { class: "count" })),
          h("button", { type: "button", class: "only", "aria-label": `Only ${kindWord(kind, true)}`, onclick: () => only(kind) }, "only"),
        ),
      ),
    );
  }
}
