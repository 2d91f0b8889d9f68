/** The panel: what a node is and what is said of it, why two nodes are linked, and the way between two nodes. */

import { amount } from "./amount";
import type { App } from "./app";
import { counted, h, outside, quoted, replace, sentence, tidy } from "./dom";
import type { Said } from "./evidence";
import { kindWord, relationWords } from "./theme";

const FEW = 8;
/** What a number is that no measure is named for. */
const KIND: Record<string, string> = { delta: "change", ratio: "ratio", range: "range", fraction: "share" };

export class Panel {
  readonly element = h("aside", { class: "panel", "aria-label": "Details", tabindex: "-1" });

  constructor(private app: App) {
    app.listen((changed) => {
      if (["node", "pair", "ends", "only", "hidden", "tab"].some((key) => changed.has(key as never))) this.show();
      else if (app.state.ends) this.show();
    });
    this.show();
  }

  show(): void {
    const { state } = this.app;
    const content = state.ends ? this.path(...state.ends) : state.pair ? this.link(...state.pair) : state.node >= 0 ? this.node(state.node) : null;
    this.element.hidden = !content;
    document.body.classList.toggle("with-panel", Boolean(content));
    replace(this.element, ...(content ?? []));
    this.element.scrollTop = 0;
  }

  // ------------------------------------------------------------------------------------------------ pieces

  private head(title: Node | string, line: Node | string): HTMLElement {
    const close = h("button", { class: "icon close", type: "button", "aria-label": "Close details", onclick: () => this.app.clear() }, "×");
    return h("header", null, close, h("p", { class: "over" }, line), h("h2", { tabindex: "-1" }, title));
  }

  /** A node as a button that opens it. */
  name(node: number): HTMLElement {
    const { graph } = this.app;
    const dot = h("i", { class: `dot kind-${graph.kinds[node]}`, "aria-hidden": "true" });
    return h("button", { class: "name", type: "button", title: kindWord(graph.kinds[node]), onclick: () => this.app.select(node) }, dot, quoted(graph.labels[node], 160));
  }

  private sentences(said: Said[], most = 3): HTMLElement[] {
    if (!this.app.evidence.ready) return [h("p", { class: "soft" }, "Reading the sentences …")];
    const out: HTMLElement[] = said.slice(0, most).map((one) =>
      h(
        "blockquote",
        null,
        h("p", null, sentence(one.sentence)),
        h("footer", null, outside(one.url, tidy(one.document, 90)) ?? quoted(one.document, 90), one.date ? h("time", { datetime: one.date }, ` · ${one.date}`) : null, one.voice === "document" ? " · the document’s own words" : null),
      ),
    );
    if (said.length > most) out.push(this.more(`${said.length - most} more`, () => this.sentences(said, most + 20)));
    return out;
  }

  /** A button that puts what it stands for into its own place. */
  private more(text: string, make: () => HTMLElement[]): HTMLElement {
    const button: HTMLElement = h("button", { class: "more", type: "button", onclick: () => {
      const made = make();
      const place = button.parentElement;
      if (made.length && place && made[0].tagName === "BLOCKQUOTE") for (const old of place.querySelectorAll(":scope > blockquote")) old.remove();
      button.replaceWith(...made);
    } }, text);
    return button;
  }

  private section(title: string, count: number | null, ...content: HTMLElement[]): HTMLElement {
    return h("section", null, h("h3", null, title, count === null ? null : h("span", { class: "count" }, count)), content);
  }

  // ------------------------------------------------------------------------------------------------ a node

  private node(node: number): HTMLElement[] {
    const { graph } = this.app;
    const { tables } = graph;
    const kind = h("span", { class: `kind kind-${graph.kinds[node]}` }, kindWord(graph.kinds[node]));
    const title = tables.text(node, "dcterms:title");
    const facts = h("div", { class: "facts" });
    if (title && title !== graph.labels[node]) facts.append(h("p", { class: "title" }, quoted(title, 300)));
    const definition = tables.text(node, "skos:definition");
    if (definition) facts.append(h("p", null, sentence(definition)));
    const aliases = tables.texts(node, "skos:altLabel");
    if (aliases.length) facts.append(h("p", { class: "soft" }, "also ", quoted(aliases.join(", "), 400)));
    facts.append(...this.lines(node));
    return [this.head(quoted(graph.labels[node], 300), kind), facts, this.actions(node), ...this.results(node), ...this.relations(node), ...this.claims(node), ...this.company(node)];
  }

  private lines(node: number): HTMLElement[] {
    const { graph } = this.app;
    const { tables } = graph;
    const days = graph.days(node);
    const documents = graph.from[node + 1] - graph.from[node];
    const seen = tables.text(node, "kg:firstSeen") || (days.length ? new Date(days[0] * 86_400_000).toISOString().slice(0, 10) : "");
    const linked = (name: string) => tables.refs(node, name).map((row) => graph.labels[row]).filter(Boolean).join(", ");
    const lines: [string, string][] = [
      ["Year", tables.text(node, "kg:year")],
      ["Venue", linked("kg:publishedIn")],
      ["Award", tables.text(node, "kg:award")],
      ["Tier", tables.text(node, "kg:tier")],
      ["Topics", linked("kg:topic")],
      ["First seen", seen],
      ["Named in", documents ? counted(documents, "document") : ""],
      ["Region", graph.home[node] < graph.regions.length ? graph.regions[graph.home[node]] : ""],
    ];
    const list = h("dl", null, lines.filter(([, text]) => text).flatMap(([name, text]) => [h("dt", null, name), h("dd", null, quoted(text, 200))]));
    const arxiv = tables.text(node, "kg:arxivId"), url = tables.text(node, "schema:url");
    const known = /^[\w./-]{4,40}$/.test(arxiv) ? outside(`https://arxiv.org/abs/${arxiv}`, `arXiv ${arxiv}`) : null;
    const links = [known, url && !url.includes("arxiv.org") ? outside(url, "Source page") : null].filter((link) => link !== null);
    return [list, ...(links.length ? [h("p", { class: "links" }, links)] : [])];
  }

  private actions(node: number): HTMLElement {
    const { app } = this;
    const act = (text: string, title: string, action: () => void) => h("button", { type: "button", title, onclick: action }, text);
    return h(
      "div",
      { class: "actions", role: "group", "aria-label": "Actions" },
      act("Focus", "Show it and what it is linked with, nothing else (F)", () => app.isolate(node)),
      app.state.only && act("Expand", "Add its neighbours to what is shown (E)", () => app.expand(node)),
      act("Path to …", "Find the way to another node (P)", () => document.dispatchEvent(new CustomEvent("path-from", { detail: node }))),
      act("Hide", "Take it off the map (H)", () => app.hide(node)),
    );
  }

  /** Links by relation, each with its sentences. */
  private relations(node: number): HTMLElement[] {
    const { graph } = this.app;
    const groups = new Map<string, number[]>();
    for (let i = graph.start[node]; i < graph.start[node + 1]; i++) {
      const link = graph.link[i];
      const words = relationWords(graph.relations[graph.relation[link]], graph.source[link] !== node);
      groups.set(words, [...(groups.get(words) ?? []), link]);
    }
    const other = (link: number) => (graph.source[link] === node ? graph.target[link] : graph.source[link]);
    return [...groups].sort((a, b) => b[1].length - a[1].length).map(([words, links]) => {
      links.sort((a, b) => graph.support[b] - graph.support[a] || graph.weight[other(b)] - graph.weight[other(a)] || a - b);
      const item = (link: number) => {
        const row = graph.statement[link];
        const body = h("div", { class: "said" });
        const details: HTMLDetailsElement = h("details", { ontoggle: () => {
          if (details.open) replace(body, row < 0 ? h("p", { class: "soft" }, "Stated by the vocabulary, not by a document.") : this.sentences(this.app.evidence.of(row)), this.confidence(row), this.why(node, other(link)));
        } }, h("summary", { "aria-label": `Sentences for ${tidy(graph.labels[other(link)], 80)}` }, graph.support[link] > 1 ? counted(graph.support[link], "document") : "why"), body);
        return h("li", null, this.name(other(link)), details);
      };
      const list = h("ul", { class: "edges" }, links.slice(0, FEW).map(item));
      if (links.length > FEW) list.append(h("li", null, this.more(`${links.length - FEW} more`, () => links.slice(FEW, FEW + 300).map(item))));
      return this.section(words, links.length, list);
    });
  }

  private confidence(row: number): HTMLElement | null {
    const value = row < 0 ? "" : this.app.graph.tables.text(row, "kg:confidence");
    return value ? h("p", { class: "soft" }, `confidence ${Math.round(Number(value) * 100)}%`) : null;
  }

  private why(a: number, b: number): HTMLElement {
    return h("button", { class: "more", type: "button", onclick: () => this.app.linkOf(a, b) }, "Why are these two linked?");
  }

  private results(node: number): HTMLElement[] {
    const { app } = this;
    const { tables, labels } = app.graph;
    const rows = app.evidence.claims(node).filter((row) => tables.tableOf(row)?.head.name === "Result");
    if (!rows.length) return [];
    const linked = (row: number, name: string) => tables.refs(row, name).map((n) => labels[n] ?? "").join(", ");
    const line = (row: number) => {
      const base = tables.text(row, "kg:baseline");
      const what = [linked(row, "kg:metric"), linked(row, "kg:benchmark")].filter(Boolean).join(" on ") || KIND[tables.text(row, "kg:resultKind")] || "";
      const subject = tables.text(row, "kg:subject");
      const said = h("tr", { class: "said", hidden: true }, h("td", { colspan: "4" }));
      const why = h("button", { type: "button", class: "more", "aria-expanded": "false", "aria-label": `Sentences for ${tidy(subject || what, 80) || "this result"}`, onclick: () => {
        said.hidden = !said.hidden;
        why.setAttribute("aria-expanded", String(!said.hidden));
        if (!said.hidden) replace(said.firstElementChild!, this.sentences(app.evidence.of(row)));
      } }, "why");
      return [h("tr", null, h("th", { scope: "row" }, quoted(amount(tables, row), 40), base ? h("small", null, ` from ${base}`) : null), h("td", null, quoted(what, 80)), h("td", null, quoted(subject, 80)), h("td", null, why)), said];
    };
    const body = h("tbody", null, rows.slice(0, 12).flatMap(line));
    const table = h("table", { class: "results" }, h("thead", null, h("tr", null, ["Value", "Measure", "Of", "Sentence"].map((text) => h("th", { scope: "col" }, text)))), body);
    const rest = rows.length > 12 ? this.more(`${rows.length - 12} more`, () => (body.append(...rows.slice(12, 300).flatMap(line)), [])) : null;
    return [this.section("Results", rows.length, h("div", { class: "wide", tabindex: "0", role: "region", "aria-label": "Results" }, table), ...(rest ? [rest] : []))];
  }

  private claims(node: number): HTMLElement[] {
    const { app } = this;
    const { tables } = app.graph;
    if (!app.evidence.ready) return [h("p", { class: "soft" }, "Reading the claims …")];
    const rows = app.evidence.claims(node).filter((row) => tables.tableOf(row)?.head.name !== "Result");
    if (!rows.length) return [];
    const item = (row: number) => {
      const name = tables.tableOf(row)?.head.name ?? "";
      const type = (tables.text(row, "kg:claimType") || name.toLowerCase()).replace("_", " ");
      const label = name === "Claim" ? "" : tables.text(row, "skos:prefLabel");
      return h("li", null, h("p", { class: "over" }, [type, tables.text(row, "kg:status"), tables.text(row, "kg:dueDate")].filter(Boolean).join(" · ")), label ? h("p", null, quoted(label, 200)) : null, this.sentences(app.evidence.of(row)));
    };
    const list = h("ul", { class: "claims" }, rows.slice(0, FEW).map(item));
    if (rows.length > FEW) list.append(h("li", null, this.more(`${rows.length - FEW} more`, () => rows.slice(FEW, FEW + 200).map(item))));
    return [this.section("Claims", rows.length, list)];
  }

  /** What stands in the same stretches of text. */
  private company(node: number): HTMLElement[] {
    const { tables, shown } = this.app.graph;
    const table = tables.named("CoOccurrence");
    const [s, o, w] = ["rdf:subject", "rdf:object", "kg:weight"].map((name) => table?.column(tables.iri(name)));
    const found: [number, number][] = [];
    for (let n = 0; s?.rows && o?.rows && n < s.rows.length; n++) {
      const other = s.rows[n] === node ? o.rows[n] : o.rows[n] === node ? s.rows[n] : -1;
      if (other >= 0 && shown[other]) found.push([other, Number(w?.texts?.[n] ?? 1)]);
    }
    if (!found.length) return [];
    found.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const list = h("ul", { class: "chips" }, found.slice(0, 12).map(([other, weight]) => h("li", null, this.name(other), h("span", { class: "count" }, weight))));
    return [this.section("Appears together with", found.length, list)];
  }

  // ------------------------------------------------------------------------------------------------ links and paths

  private link(a: number, b: number): HTMLElement[] {
    const { app } = this;
    const links = app.graph.between(a, b);
    const said = links.map((link) => this.hop(link));
    const other = h("button", { class: "more", type: "button", onclick: () => app.pathOf(a, b) }, "Other ways between them");
    const ends = h("p", { class: "ends" }, this.name(a), h("span", null, " and "), this.name(b));
    return [this.head("Why are these two linked?", "link"), ends, ...(said.length ? said : [h("p", null, "No statement links these two directly.")]), other];
  }

  private hop(link: number): HTMLElement {
    const { graph, evidence } = this.app;
    const row = graph.statement[link];
    const words = relationWords(graph.relations[graph.relation[link]], false);
    return h(
      "section",
      { class: "hop" },
      h("p", { class: "statement" }, this.name(graph.source[link]), h("em", null, ` ${words} `), this.name(graph.target[link])),
      row < 0 ? h("p", { class: "soft" }, "Stated by the vocabulary, not by a document.") : this.sentences(evidence.of(row)),
      this.confidence(row),
    );
  }

  private path(a: number, b: number): HTMLElement[] {
    const { app } = this;
    const { graph } = app;
    const ends = h("p", { class: "ends" }, this.name(a), h("span", null, " to "), this.name(b));
    if (!app.paths.length) return [this.head("No path", "path"), ends, h("p", null, "Nothing that is shown now connects these two. Clearing filters may help.")];
    const blocks = app.paths.map((path, n) => {
      const hops = path.slice(1).map((node, i) => graph.between(path[i], node)[0]);
      const weakest = Math.min(...hops.map((link) => graph.support[link]));
      const note = weakest >= 2 ? `every hop is said by at least ${weakest} documents` : "at least one hop rests on a single document";
      return h("details", n === 0 ? { open: true } : null, h("summary", null, `${counted(path.length - 1, "hop")}: `, quoted(path.map((node) => graph.labels[node]).join(" → "), 200)), h("p", { class: "soft" }, note), h("ol", { class: "hops" }, hops.map((link) => h("li", null, this.hop(link)))));
    });
    return [this.head(app.paths.length > 1 ? `${app.paths.length} paths` : "One path", "path"), ends, ...blocks];
  }
}
