/** Search over names and aliases: letters alone count, not their case or accents. */

import type { Graph } from "./graph";

export interface Hit {
  node: number;
  /** The alias that was found, where it is not the name. */
  alias: string;
}

export function fold(text: string): string {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[\s\-_‐-―]+/g, " ").trim();
}

export class Search {
  private texts: string[] = [];
  private nodes: number[] = [];
  private shown: string[] = [];

  constructor(private graph: Graph) {
    const alias = [graph.tables.iri("skos:altLabel"), graph.tables.iri("dcterms:title"), graph.tables.iri("kg:arxivId")];
    for (const node of graph.order) this.add(graph.labels[node], node);
    for (const table of graph.tables.all) {
      if (!table.head.kind) continue;
      for (const column of alias.map((iri) => table.column(iri))) {
        for (let n = 0; column?.texts && n < table.head.rows; n++) {
          if (!graph.shown[table.head.first + n]) continue;
          for (let i = column.start[n]; i < column.start[n + 1]; i++) this.add(column.texts[i], table.head.first + n);
        }
      }
    }
  }

  private add(text: string, node: number): void {
    this.texts.push(fold(text.slice(0, 400)));
    this.shown.push(text);
    this.nodes.push(node);
  }

  /** Hits, best first: whole names, then beginnings, then beginnings of words, then the rest; the weightier first. */
  find(query: string, most: number): Hit[] {
    const wanted = fold(query);
    if (!wanted) return [];
    const { graph, texts, nodes } = this;
    const best = new Map<number, { score: number; at: number }>();
    for (let n = 0; n < texts.length; n++) {
      const text = texts[n];
      const at = text.indexOf(wanted);
      if (at < 0) continue;
      const place = text.length === wanted.length ? 0 : at === 0 ? 1 : text.includes(" " + wanted) ? 2 : 3;
      const score = place * 1e6 - Math.min(graph.weight[nodes[n]], 99999) + Math.min(text.length, 99) / 100;
      const known = best.get(nodes[n]);
      if (!known || score < known.score) best.set(nodes[n], { score, at: n });
    }
    const hits = [...best].sort((a, b) => a[1].score - b[1].score || a[0] - b[0]).slice(0, most);
    return hits.map(([node, { at }]) => ({ node, alias: this.shown[at] === graph.labels[node] ? "" : this.shown[at] }));
  }

  /** The nodes that a name or alias means exactly. */
  exactly(name: string): number[] {
    const wanted = fold(name);
    return [...new Set(this.nodes.filter((_, n) => this.texts[n] === wanted))];
  }
}
