/** The graph that is drawn: nodes are the first rows of the tables, links are statements between them; all in typed arrays. */

import type { Names } from "./names";
import type { Pack } from "./pack";
import type { Tables } from "./tables";

/** Rows of topics and venues say something of papers, but are no nodes. */
const FACETS = new Set(["topic", "venue"]);
export const DAY = 86_400_000;
/** Places stand on a grid of so many steps each way. */
export const GRID = 16384;

export class Graph {
  readonly count: number;
  readonly labels: string[] = [];
  readonly kinds: string[] = [];
  readonly shown: Int32Array;
  readonly weight: Int32Array;
  readonly x: Int32Array;
  readonly y: Int32Array;
  readonly home: Int32Array;
  readonly regions: string[];
  readonly centres: Int32Array;
  readonly radii: Int32Array;

  /** Links: ends, relation (index into `relations`), the row of their statement or -1, how many documents say it. */
  source!: Int32Array;
  target!: Int32Array;
  relation!: Uint8Array;
  statement!: Int32Array;
  support!: Uint16Array;
  readonly relations: string[] = [];

  /** Links of node n: link[start[n]] .. link[start[n + 1] - 1], and the nodes at their other ends. */
  start!: Int32Array;
  link!: Int32Array;
  other!: Int32Array;

  /** Documents that mention node n: mention[from[n]] .. as indices into `documents`. */
  from!: Int32Array;
  mention!: Int32Array;
  documents: { row: number; title: string; day: number; date: string; publisher: string }[] = [];

  /** Nodes that are drawn, the weightiest first. */
  readonly order: Int32Array;

  constructor(readonly tables: Tables, readonly names: Names, core: Pack) {
    this.shown = core.numbers("picture.shown");
    this.weight = core.numbers("picture.weight");
    this.x = core.numbers("picture.x");
    this.y = core.numbers("picture.y");
    this.home = core.numbers("picture.home");
    this.regions = core.texts("picture.regions");
    this.centres = core.numbers("picture.centres");
    this.radii = core.numbers("picture.radii");
    this.count = this.shown.length;
    for (const table of tables.all) {
      if (!table.head.kind) continue;
      const column = table.column(tables.iri("skos:prefLabel"));
      for (let n = 0; n < table.head.rows; n++) {
        const named = column?.texts && column.start[n] < column.start[n + 1];
        this.labels.push(named ? column.texts![column.start[n]] : names.id(table.head.first + n));
        this.kinds.push(table.head.kind);
      }
    }
    this.readLinks();
    this.readDocuments();
    const degree = (n: number) => this.start[n + 1] - this.start[n];
    const drawn = Array.from(this.shown.keys()).filter((n) => this.shown[n]);
    this.order = Int32Array.from(drawn.sort((a, b) => this.weight[b] - this.weight[a] || degree(b) - degree(a) || a - b));
  }

  private readLinks(): void {
    const { tables, count, kinds } = this;
    const source: number[] = [], target: number[] = [], relation: number[] = [], statement: number[] = [], support: number[] = [];
    const known = new Map<string, number>();
    const add = (s: number, o: number, iri: string, row: number, documents: number) => {
      if (s === o || s >= count || o >= count || FACETS.has(kinds[s]) || FACETS.has(kinds[o])) return;
      let number = known.get(iri);
      if (number === undefined) {
        known.set(iri, (number = this.relations.length));
        this.relations.push(iri.split(/[#/]/).pop() ?? iri);
      }
      source.push(s);
      target.push(o);
      relation.push(number);
      statement.push(row);
      support.push(Math.min(documents, 65535));
    };
    for (const table of tables.all) {
      if (table.head.kind) {
        for (const column of table.columns()) {
          if (column.property === tables.iri("kg:coOccursWith")) continue; // said by nobody: the panel has it apart
          for (let n = 0; column.rows && n < table.head.rows; n++) {
            for (let i = column.start[n]; i < column.start[n + 1]; i++) add(table.head.first + n, column.rows[i], column.property, -1, 1);
          }
        }
      } else if (table.head.name === "Assertion") {
        const [s, p, o, c] = ["rdf:subject", "rdf:predicate", "rdf:object", "kg:supportCount"].map((name) => table.column(tables.iri(name)));
        for (let n = 0; s?.rows && p?.texts && o?.rows && n < table.head.rows; n++) {
          const documents = c?.texts && c.start[n] < c.start[n + 1] ? Number(c.texts[c.start[n]]) : 1;
          add(s.rows[s.start[n]], o.rows[o.start[n]], p.texts[p.start[n]], table.head.first + n, documents);
        }
      }
    }
    this.source = Int32Array.from(source);
    this.target = Int32Array.from(target);
    this.relation = Uint8Array.from(relation);
    this.statement = Int32Array.from(statement);
    this.support = Uint16Array.from(support);
    this.index();
  }

  private index(): void {
    const { count, source, target } = this;
    const start = new Int32Array(count + 1);
    for (let n = 0; n < source.length; n++) {
      start[source[n] + 1]++;
      start[target[n] + 1]++;
    }
    for (let n = 0; n < count; n++) start[n + 1] += start[n];
    const at = start.slice(0, count);
    this.link = new Int32Array(source.length * 2);
    this.other = new Int32Array(source.length * 2);
    for (let n = 0; n < source.length; n++) {
      this.link[at[source[n]]] = n;
      this.other[at[source[n]]++] = target[n];
      this.link[at[target[n]]] = n;
      this.other[at[target[n]]++] = source[n];
    }
    this.start = start;
  }

  private readDocuments(): void {
    const { tables, count } = this;
    const table = tables.named("Document");
    const column = table?.column(tables.iri("kg:mentions"), "row");
    for (let n = 0; table && n < table.head.rows; n++) {
      const row = table.head.first + n;
      const date = tables.text(row, "dcterms:issued");
      const day = date ? Math.floor(Date.parse(date) / DAY) : NaN;
      this.documents.push({ row, title: tables.text(row, "dcterms:title") || this.names.id(row), date, day, publisher: tables.text(row, "dcterms:publisher") });
    }
    const from = new Int32Array(count + 1);
    const rows = column?.rows ?? new Int32Array(0);
    for (const row of rows) if (row < count) from[row + 1]++;
    for (let n = 0; n < count; n++) from[n + 1] += from[n];
    this.mention = new Int32Array(from[count]);
    const at = from.slice(0, count);
    for (let n = 0; column && n < this.documents.length; n++) {
      for (let i = column.start[n]; i < column.start[n + 1]; i++) if (rows[i] < count) this.mention[at[rows[i]]++] = n;
    }
    this.from = from;
  }

  degree(node: number): number {
    return this.start[node + 1] - this.start[node];
  }

  /** The days on which documents that mention a node appeared, earliest first. */
  days(node: number): number[] {
    const days = Array.from(this.mention.subarray(this.from[node], this.from[node + 1]), (d) => this.documents[d].day);
    return days.filter((day) => !Number.isNaN(day)).sort((a, b) => a - b);
  }

  /** The different nodes that a node is linked with, those with most links and weight first. */
  neighbours(node: number): number[] {
    const links = new Map<number, number>();
    for (let i = this.start[node]; i < this.start[node + 1]; i++) links.set(this.other[i], (links.get(this.other[i]) ?? 0) + 1);
    return [...links.keys()].sort((a, b) => links.get(b)! - links.get(a)! || this.weight[b] - this.weight[a] || a - b);
  }

  /** The links between two nodes. */
  between(a: number, b: number): number[] {
    const out: number[] = [];
    if (this.degree(b) < this.degree(a)) [a, b] = [b, a];
    for (let i = this.start[a]; i < this.start[a + 1]; i++) if (this.other[i] === b) out.push(this.link[i]);
    return out;
  }

  find(id: string): number {
    if (!this.ids) {
      this.ids = new Map();
      for (let n = 0; n < this.count; n++) this.ids.set(this.names.id(n), n);
    }
    return this.ids.get(id) ?? -1;
  }

  private ids?: Map<string, number>;
}

export function isoDay(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
