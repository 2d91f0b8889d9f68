/** The Query tab: questions with a name, an editor for SPARQL, and answers as a table or as nodes on the map. */

import type { App } from "./app";
import { announce, counted, h, isolated, quoted, replace, sentence, shorten } from "./dom";
import { ask, openEngine, type Answer, type Cell } from "./engine";
import { quoteCsv, saveText } from "./save";

interface Question {
  name: string;
  title: string;
  about: string;
  params: { name: string; type: string; default: string; about: string }[];
  text: string;
}

const MOST_ROWS = 1000;
/** From here on, filling the engine takes minutes. */
const MANY_STATEMENTS = 1_500_000;

export class QueryTab {
  readonly element = h("section", { class: "query", "aria-label": "Query" });
  private questions: Question[] = [];
  private choice = h("select", { id: "question", onchange: () => this.choose() });
  private about = h("p", { class: "soft" });
  private params = h("div", { class: "params" });
  private editor = h("textarea", { id: "sparql", spellcheck: "false", rows: "12", "aria-label": "SPARQL", onkeydown: (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.run();
  } });
  private status = h("p", { class: "soft", role: "status" });
  private result = h("div", { class: "answer" });

  constructor(private app: App) {
    this.element.append(
      h("p", { class: "lead" }, "The whole graph is in this file, and so is a SPARQL engine. Choose a question or write your own."),
      app.graph.tables.meta.statements > MANY_STATEMENTS ? h("p", { class: "soft" }, "This graph is large: before the first answer, filling the engine takes minutes and much memory. “kg query” and “kg serve” answer at once.") : h("span"),
      h("p", { class: "field" }, h("label", { for: "question" }, "Question"), this.choice),
      this.about,
      this.params,
      h("details", { open: true }, h("summary", null, "SPARQL"), this.editor),
      h("p", null, h("button", { type: "button", class: "primary", onclick: () => void this.run() }, "Run"), h("small", { class: "soft" }, " Ctrl + Enter"), this.status),
      this.result,
    );
    this.editor.value = "SELECT ?kind (COUNT(?thing) AS ?count) WHERE { ?thing a ?kind } GROUP BY ?kind ORDER BY DESC(?count)";
  }

  setQuestions(text: string): void {
    this.questions = JSON.parse(text);
    replace(this.choice, h("option", { value: "" }, "Your own"), this.questions.map((question, n) => h("option", { value: n }, question.title)));
    this.choice.value = "0";
    const wanted = this.questions.findIndex((question) => question.name === "papers-using");
    if (wanted >= 0) this.choice.value = String(wanted);
    this.choose();
  }

  private choose(): void {
    const question = this.questions[Number(this.choice.value)];
    replace(this.params);
    if (!this.choice.value || !question) return;
    this.about.textContent = question.about;
    this.editor.value = question.text.split("\n").filter((line) => !line.startsWith("#:")).join("\n");
    for (const { name, default: value, about } of question.params) {
      const id = `param-${name}`;
      const input: HTMLInputElement = h("input", { id, value, oninput: () => this.bind(), onkeydown: (event: KeyboardEvent) => event.key === "Enter" && void this.run() });
      this.params.append(h("p", { class: "field" }, h("label", { for: id }, name, h("small", null, about ? ` ${about}` : "")), input));
    }
  }

  /** Puts the values of the parameters where the question has them: in its VALUES blocks. */
  private bind(): void {
    const question = this.questions[Number(this.choice.value)];
    let text = question.text.split("\n").filter((line) => !line.startsWith("#:")).join("\n");
    for (const { name, type, default: initial } of question.params) {
      const value = (this.params.querySelector(`#param-${CSS.escape(name)}`) as HTMLInputElement).value;
      if (value === initial) continue;
      text = text.replace(new RegExp(`(VALUES\\s+\\?${name}\\s*)\\{[^}]*\\}`), (_, head: string) => `${head}{ ${this.terms(type, value).join(" ")} }`);
    }
    this.editor.value = text;
  }

  private terms(type: string, value: string): string[] {
    const text = (s: string) => JSON.stringify(s).replace(/\\u([0-9a-f]{4})/g, "\\u$1");
    if (type === "integer" || type === "decimal") return [String(Number(value) || 0)];
    if (type === "date") return [`${text(value)}^^<${this.app.graph.tables.iri("xsd:date")}>`];
    if (type === "iri") return [`<${value.replace(/[<>"{}|^`\\\s]/g, "")}>`];
    if (type !== "name") return [text(value)];
    const found = this.app.search.exactly(value).map((node) => this.app.graph.labels[node]);
    return (found.length ? [...new Set(found)] : [value]).map(text);
  }

  private async run(): Promise<void> {
    const status = (text: string) => (this.status.textContent = text);
    try {
      const store = await openEngine(this.app.graph, status);
      const { prefixes } = this.app.graph.tables.meta;
      const missing = Object.entries(prefixes).filter(([name]) => !new RegExp(`prefix\\s+${name}:`, "i").test(this.editor.value));
      const head = missing.map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("");
      const start = performance.now();
      const answer = ask(store, head + this.editor.value);
      const took = `${Math.max(1, Math.round(performance.now() - start))} ms`;
      status("rows" in answer ? `${counted(answer.rows.length, "row")} in ${took}` : `answered in ${took}`);
      this.show(answer);
      announce(this.status.textContent ?? "");
    } catch (error) {
      status("");
      replace(this.result, h("p", { class: "error", role: "alert" }, shorten(String((error as Error).message ?? error), 600)));
    }
  }

  private show(answer: Answer): void {
    if ("truth" in answer) return replace(this.result, h("p", { class: "lead" }, answer.truth ? "Yes" : "No"));
    if ("text" in answer) return replace(this.result, h("pre", { tabindex: "0" }, shorten(answer.text, 200_000)));
    const { columns, rows } = answer;
    const nodes = [...new Set(rows.flatMap((row) => row.map((cell) => this.nodeOf(cell))).filter((node) => node >= 0))];
    const csv = () => [columns, ...rows.map((row) => row.map((cell) => cell?.value ?? ""))].map((line) => line.map(quoteCsv).join(",")).join("\r\n") + "\r\n";
    replace(
      this.result,
      h(
        "p",
        { class: "actions" },
        h("button", { type: "button", disabled: !nodes.length, onclick: () => this.app.mark(nodes) }, `Show ${counted(nodes.length, "node")} on the map`),
        h("button", { type: "button", disabled: !rows.length, onclick: () => saveText("answer.csv", csv(), "text/csv") }, "CSV"),
      ),
      h(
        "div",
        { class: "wide", tabindex: "0", role: "region", "aria-label": "Answer" },
        h("table", null, h("thead", null, h("tr", null, columns.map((name) => h("th", { scope: "col" }, name)))), h("tbody", null, rows.slice(0, MOST_ROWS).map((row) => h("tr", null, row.map((cell) => h("td", { class: this.width(cell) }, this.cell(cell))))))),
      ),
      rows.length > MOST_ROWS ? h("p", { class: "soft" }, `The first ${MOST_ROWS} of ${rows.length} rows.`) : null,
    );
  }

  /** The node that a cell names: by its IRI, or as a name that only one node has. */
  private nodeOf(cell: Cell | null): number {
    const { graph } = this.app;
    if (!cell) return -1;
    if (cell.type === "iri") {
      const node = cell.value.startsWith(graph.tables.meta.id) ? graph.find(cell.value.slice(graph.tables.meta.id.length)) : -1;
      return node >= 0 && graph.shown[node] ? node : -1;
    }
    if (cell.value.length > 400 || !cell.datatype.endsWith("#string")) return -1;
    this.byLabel ??= new Map(Array.from(graph.order).reverse().map((node) => [graph.labels[node], node]));
    return this.byLabel.get(cell.value) ?? -1;
  }

  private byLabel?: Map<string, number>;

  private cell(cell: Cell | null): HTMLElement | string {
    if (!cell) return "";
    const node = this.nodeOf(cell);
    const text = cell.type === "iri" ? isolated(shorten(this.short(cell.value), 1000)) : null;
    if (node >= 0) return h("button", { class: "name", type: "button", onclick: () => this.app.select(node, true) }, h("i", { class: `dot kind-${this.app.graph.kinds[node]}` }), text ?? quoted(cell.value, 200));
    return text ?? (cell.datatype.endsWith("#string") ? sentence(cell.value, 1000) : isolated(shorten(cell.value, 1000)));
  }

  /** How wide a cell has to be: what belongs on one line, or a sentence. */
  private width(cell: Cell | null): string | null {
    const length = cell ? (cell.type === "iri" ? this.short(cell.value) : cell.value).length : 0;
    return length <= 24 ? "short" : length > 90 ? "long" : null;
  }

  private short(iri: string): string {
    const { prefixes, id } = this.app.graph.tables.meta;
    if (iri.startsWith(id)) return iri.slice(id.length);
    const found = Object.entries(prefixes).find(([, base]) => iri.startsWith(base));
    return found ? `${found[0]}:${iri.slice(found[1].length)}` : iri;
  }
}
