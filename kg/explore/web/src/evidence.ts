/** What the documents say: the sentences behind links, and the claims and results about nodes. */

import type { Graph } from "./graph";

export interface Said {
  sentence: string;
  document: string;
  date: string;
  url: string;
  /** `paper` or `document`: who speaks. */
  voice: string;
}

const ABOUT = ["kg:aboutPaper", "kg:about", "kg:subjectEntity", "kg:metric", "kg:benchmark", "kg:hasMember"];

export class Evidence {
  private about: Map<number, number[]> | null = null;

  constructor(private graph: Graph) {}

  /** Whether the sentences have been unpacked yet. */
  get ready(): boolean {
    return this.graph.tables.complete;
  }

  /** A sentence by its row. */
  said(row: number): Said {
    const { tables, names } = this.graph;
    const document = tables.refs(row, "kg:inDocument")[0] ?? -1;
    return {
      sentence: tables.text(row, "kg:exact"),
      document: tables.text(document, "dcterms:title") || (document >= 0 ? names.id(document) : ""),
      date: tables.text(document, "dcterms:issued"),
      url: tables.text(document, "dcterms:source"),
      voice: tables.text(row, "kg:voice"),
    };
  }

  /** The sentences of anything that has evidence, earliest first. */
  of(row: number): Said[] {
    if (row < 0 || !this.ready) return [];
    const all = this.graph.tables.refs(row, "kg:evidence").map((e) => this.said(e));
    return all.sort((a, b) => (a.date || "9999").localeCompare(b.date || "9999"));
  }

  /** Rows of claims, results, predictions and threads about a node. */
  claims(node: number): number[] {
    if (!this.ready) return [];
    this.about ??= this.index();
    return this.about.get(node) ?? [];
  }

  private index(): Map<number, number[]> {
    const { tables, count } = this.graph;
    const about = new Map<number, number[]>();
    for (const table of tables.all) {
      if (table.head.kind || !table.column(tables.iri("kg:evidence")) || table.head.name === "Assertion") continue;
      for (const column of ABOUT.map((name) => table.column(tables.iri(name), "row"))) {
        for (let n = 0; column?.rows && n < table.head.rows; n++) {
          for (let i = column.start[n]; i < column.start[n + 1]; i++) {
            const node = column.rows[i], row = table.head.first + n;
            if (node >= count) continue;
            const known = about.get(node);
            if (!known) about.set(node, [row]);
            else if (!known.includes(row)) known.push(row);
          }
        }
      }
    }
    return about;
  }
}
