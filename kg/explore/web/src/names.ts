/** The names of rows that the page works out for itself: the rules of kg/explore/names.py. */

import { digest } from "./sha256";
import type { Table, Tables } from "./tables";

export class Names {
  private known = new Map<Table, string[]>();

  constructor(private tables: Tables) {}

  /** The full IRI of a row. */
  iri(row: number): string {
    const table = this.tables.tableOf(row);
    if (!table) return "";
    let names = this.known.get(table);
    if (!names) this.known.set(table, (names = table.names()));
    const n = row - table.head.first;
    if (names[n] === "") names[n] = this.derive(table, row);
    return names[n].startsWith("<") ? names[n].slice(1) : this.tables.meta.id + names[n];
  }

  /** The name of a row without the base IRI. */
  id(row: number): string {
    return this.iri(row).slice(this.tables.meta.id.length);
  }

  private derive(table: Table, row: number): string {
    const t = this.tables;
    switch (table.head.rule) {
      case "evidence":
        return `evidence/${this.place(row).join("-")}`;
      case "cooccurrence":
        return hashed("cooccurrence", this.end(row, "rdf:subject"), this.end(row, "rdf:object"));
      case "assertion": {
        const predicate = t.text(row, "rdf:predicate").split(/[#/]/).pop() ?? "";
        return hashed("assertion", this.end(row, "rdf:subject"), predicate, this.end(row, "rdf:object"));
      }
      case "claim":
      case "prediction":
      case "thread": {
        const last = t.text(row, table.head.rule === "claim" ? "kg:claimType" : "skos:prefLabel");
        return hashed(table.head.rule, ...this.place(t.refs(row, "kg:evidence")[0]), last);
      }
    }
    const arxiv = t.texts(row, "kg:arxivId");
    if (arxiv.length === 1) return `paper/arxiv-${arxiv[0]}`;
    const slug = t.text(row, "skos:prefLabel").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return `${table.head.name.toLowerCase()}/${slug}`;
  }

  private end(row: number, name: string): string {
    return this.id(this.tables.refs(row, name)[0]);
  }

  /** Document, start and end of a sentence. */
  private place(row: number): string[] {
    const table = this.tables.tableOf(row);
    const graph = table ? this.graphs(table)[row - table.head.first] : -1;
    const document = this.id(graph).replace(/^document\//, "");
    return [document, this.tables.text(row, "kg:start"), this.tables.text(row, "kg:end")];
  }

  private graphCache = new Map<Table, Int32Array>();

  /** The graph of each row of a table: a row number, or -1 - n for the n-th of meta.graphs. */
  graphs(table: Table): Int32Array {
    let graphs = this.graphCache.get(table);
    if (!graphs) this.graphCache.set(table, (graphs = table.graphs()));
    return graphs;
  }

  graphIri(table: Table, n: number): string {
    const graph = this.graphs(table)[n];
    return graph < 0 ? this.tables.meta.graphs[-1 - graph] : this.iri(graph);
  }
}

function hashed(kind: string, ...parts: string[]): string {
  return `${kind}/${digest(parts.map((part) => `${[...part].length}:${part}`).join(""))}`;
}
