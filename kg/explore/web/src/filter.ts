/** Which nodes a state shows. */

import type { Graph } from "./graph";
import type { State } from "./state";

export class Filter {
  /** Topics that papers carry, each with the nodes that are papers of it or are linked with one. */
  readonly topics = new Map<string, Uint8Array>();
  readonly sources: string[];

  constructor(private graph: Graph) {
    this.sources = [...new Set(graph.documents.map((d) => d.publisher).filter(Boolean))].sort();
    this.readTopics();
  }

  private readTopics(): void {
    const { graph } = this;
    const { tables } = graph;
    for (const table of tables.all) {
      const column = table.head.kind ? table.column(tables.iri("kg:topic"), "row") : null;
      for (let n = 0; column?.rows && n < table.head.rows; n++) {
        for (let i = column.start[n]; i < column.start[n + 1]; i++) {
          const topic = graph.labels[column.rows[i]];
          const node = table.head.first + n;
          let mask = this.topics.get(topic);
          if (!mask) this.topics.set(topic, (mask = new Uint8Array(graph.count)));
          mask[node] = 1;
          for (let k = graph.start[node]; k < graph.start[node + 1]; k++) mask[graph.other[k]] = 1;
        }
      }
    }
  }

  /** One byte a node: 1 where it is shown. */
  apply(state: State): Uint8Array {
    const { graph } = this;
    const visible = new Uint8Array(graph.count);
    const only = state.only ? new Set(state.only) : null;
    const hidden = new Set(state.hidden), off = new Set(state.off);
    const topic = state.topic ? (this.topics.get(state.topic) ?? new Uint8Array(graph.count)) : null;
    const documents = this.documentsOf(state);
    for (const node of graph.order) {
      if (off.has(graph.kinds[node]) || hidden.has(node) || (only && !only.has(node))) continue;
      if (state.region >= 0 && graph.home[node] !== state.region) continue;
      if (state.degree && graph.degree(node) < state.degree) continue;
      if ((topic && !topic[node]) || (documents && !this.isIn(node, documents))) continue;
      visible[node] = 1;
    }
    return visible;
  }

  /** The documents of the chosen source and dates; null where all are. */
  private documentsOf(state: State): Uint8Array | null {
    if (state.from === null && state.to === null && !state.source) return null;
    const { from, to, source } = state;
    return Uint8Array.from(this.graph.documents, ({ day, publisher }) => {
      const dated = from === null && to === null ? true : day >= (from ?? -Infinity) && day <= (to ?? Infinity);
      return Number(dated && (!source || publisher === source));
    });
  }

  private isIn(node: number, documents: Uint8Array): boolean {
    const { from, mention } = this.graph;
    for (let i = from[node]; i < from[node + 1]; i++) if (documents[mention[i]]) return true;
    return false;
  }
}

export function isFiltered(state: State): boolean {
  const { only, hidden, off, topic, source, region, from, to, degree } = state;
  return Boolean(only || hidden.length || off.length || topic || source || region >= 0 || from !== null || to !== null || degree);
}
