/** The same content as a table: for screen readers, for reading, and where there is no WebGL. */

import type { App } from "./app";
import { announce, counted, h, quoted, replace } from "./dom";
import { isoDay } from "./graph";
import { kindWord } from "./theme";

const PAGE = 100;
type Key = "name" | "kind" | "links" | "sentences" | "seen";
const COLUMNS: [Key, string][] = [["name", "Name"], ["kind", "Kind"], ["links", "Links"], ["sentences", "Sentences"], ["seen", "First seen"]];

export class List {
  readonly element = h("section", { class: "list", "aria-label": "List of what is shown" });
  private key: Key = "sentences";
  private down = true;
  private page = 0;

  constructor(private app: App) {
    app.listen(() => {
      this.page = 0;
      if (app.state.tab === "list") this.show();
    });
  }

  private seen(node: number): string {
    const { tables } = this.app.graph;
    const day = this.app.graph.days(node)[0];
    return tables.text(node, "kg:firstSeen") || (day === undefined ? "" : isoDay(day));
  }

  show(): void {
    const { graph, visible } = this.app;
    const nodes = this.app.state.node >= 0 || this.app.state.ends || this.app.marked.length ? this.app.chosen() : Array.from(graph.order).filter((node) => visible[node]);
    const values: Record<Key, (node: number) => string | number> = {
      name: (n) => graph.labels[n].toLowerCase(), kind: (n) => graph.kinds[n], links: (n) => graph.degree(n), sentences: (n) => graph.weight[n], seen: (n) => this.seen(n),
    };
    const value = new Map(nodes.map((node) => [node, values[this.key](node)]));
    nodes.sort((a, b) => {
      const [p, q] = [value.get(a)!, value.get(b)!];
      return (p < q ? -1 : p > q ? 1 : a - b) * (this.down ? -1 : 1);
    });
    const pages = Math.max(1, Math.ceil(nodes.length / PAGE));
    this.page = Math.min(this.page, pages - 1);
    const head = h("tr", null, COLUMNS.map(([key, text]) => h("th", { scope: "col", "aria-sort": key === this.key ? (this.down ? "descending" : "ascending") : "none" }, h("button", { type: "button", onclick: () => this.sort(key) }, text))));
    const row = (node: number) =>
      h(
        "tr",
        null,
        h("th", { scope: "row" }, h("button", { class: "name", type: "button", onclick: () => this.app.select(node) }, h("i", { class: `dot kind-${graph.kinds[node]}` }), quoted(graph.labels[node], 160))),
        h("td", null, kindWord(graph.kinds[node])),
        h("td", { class: "number" }, graph.degree(node)),
        h("td", { class: "number" }, graph.weight[node]),
        h("td", { class: "number" }, this.seen(node)),
      );
    const go = (by: number, text: string) => h("button", { type: "button", disabled: this.page + by < 0 || this.page + by >= pages, onclick: () => this.turn(by) }, text);
    replace(
      this.element,
      h("div", { class: "wide" }, h("table", null, h("caption", null, `${counted(nodes.length, "node")}, those of the current selection and filters`), h("thead", null, head), h("tbody", null, nodes.slice(this.page * PAGE, (this.page + 1) * PAGE).map(row)))),
      h("p", { class: "pages" }, go(-1, "Previous"), h("span", null, ` page ${this.page + 1} of ${pages} `), go(1, "Next")),
    );
  }

  private sort(key: Key): void {
    this.down = key === this.key ? !this.down : key === "links" || key === "sentences" || key === "seen";
    this.key = key;
    this.show();
    this.element.querySelectorAll<HTMLElement>("thead button")[COLUMNS.findIndex(([k]) => k === key)]?.focus();
    announce(`Sorted by ${key}`);
  }

  private turn(by: number): void {
    this.page += by;
    this.show();
    this.element.scrollTop = 0;
  }
}
