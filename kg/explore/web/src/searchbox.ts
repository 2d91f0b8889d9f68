/** A text box that suggests nodes while one types: a combobox with a list, after the WAI-ARIA pattern. */

import type { App } from "./app";
import { counted, h, quoted, replace, tidy } from "./dom";
import { kindWord } from "./theme";

let boxes = 0;

export class SearchBox {
  readonly input: HTMLInputElement;
  readonly element: HTMLElement;
  private list: HTMLElement;
  private found: number[] = [];
  private active = -1;

  constructor(private app: App, label: string, private chosen: (node: number) => void, private keep = false) {
    const id = `suggest-${++boxes}`;
    this.list = h("ul", { id, role: "listbox", "aria-label": "Suggestions", hidden: true });
    this.input = h("input", {
      type: "search", placeholder: label, "aria-label": label, role: "combobox", autocomplete: "off", spellcheck: "false",
      "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id,
      oninput: () => this.suggest(), onkeydown: (event: KeyboardEvent) => this.key(event), onblur: () => setTimeout(() => this.close(), 150), onfocus: () => this.suggest(),
    });
    this.element = h("div", { class: "searchbox" }, this.input, this.list);
  }

  private suggest(): void {
    const hits = this.app.search.find(this.input.value, 10);
    this.found = hits.map((hit) => hit.node);
    this.active = -1;
    const { graph } = this.app;
    replace(
      this.list,
      hits.map(({ node, alias }, n) =>
        h(
          "li",
          { role: "option", id: `${this.list.id}-${n}`, "aria-selected": "false", onmousedown: (event: Event) => event.preventDefault(), onclick: () => this.choose(n) },
          h("i", { class: `dot kind-${graph.kinds[node]}` }),
          h("span", { class: "hit" }, quoted(graph.labels[node], 120), alias ? h("small", null, " ", quoted(alias, 100)) : null),
          h("small", null, `${kindWord(graph.kinds[node])} · ${counted(graph.degree(node), "link")}`),
        ),
      ),
      this.input.value.trim() && !hits.length ? h("li", { class: "none", role: "option", "aria-selected": "false", "aria-disabled": "true" }, "Nothing of that name") : null,
    );
    const open = Boolean(this.input.value.trim());
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.found.length) {
      this.active = (this.active + steps[event.key] + this.found.length) % this.found.length;
      [...this.list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === this.active)));
      this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
      this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
      event.preventDefault();
    } else if (event.key === "Enter" && this.found.length) {
      this.choose(Math.max(0, this.active));
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (this.list.hidden) this.input.blur();
      this.close();
      event.stopPropagation();
    }
  }

  private choose(n: number): void {
    const node = this.found[n];
    this.input.value = this.keep ? tidy(this.app.graph.labels[node], 200) : "";
    this.close();
    this.chosen(node);
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}
