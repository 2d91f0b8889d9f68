/** Oxigraph in the page: unpacked and filled when the first question is asked. */

import init, { Store } from "oxigraph/web.js";
import type { Graph } from "./graph";
import { pause, takeBlock, unpackLzma } from "./pack";
import { writeQuads } from "./quads";

export interface Cell {
  type: "iri" | "literal";
  value: string;
  datatype: string;
}
export type Answer = { columns: string[]; rows: (Cell | null)[][] } | { truth: boolean } | { text: string };

let started: Promise<Store> | null = null;

/** The store with every statement of the graph; `progress` hears what is going on. */
export function openEngine(graph: Graph, progress: (text: string) => void): Promise<Store> {
  started ??= (async () => {
    progress("Unpacking the query engine …");
    const wasm = await unpackLzma(takeBlock("engine"));
    await init({ module_or_path: wasm as BufferSource });
    const store = new Store();
    let size = 0;
    for (const piece of writeQuads(graph.tables, graph.names)) {
      store.load(piece, { format: "application/n-quads", no_transaction: true, lenient: true });
      size += piece.length;
      progress(`Filling it: ${Math.round((store.size / graph.tables.meta.statements) * 100)} % of ${graph.tables.meta.statements.toLocaleString("en")} statements …`);
      await pause();
    }
    progress(`${store.size.toLocaleString("en")} statements, ${(size / 1e6).toFixed(0)} MB as N-Quads`);
    return store;
  })();
  return started;
}

export function ask(store: Store, text: string): Answer {
  const result = store.query(text, { use_default_graph_as_union: true });
  if (typeof result === "boolean") return { truth: result };
  if (typeof result === "string") return { text: result };
  const list = result as unknown[];
  if (list.length && !(list[0] instanceof Map)) return { text: list.map((quad) => `${String(quad)} .`).join("\n") };
  const rows = list as Map<string, { termType: string; value: string; datatype?: { value: string } }>[];
  const columns = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const cell = (term: { termType: string; value: string; datatype?: { value: string } } | undefined): Cell | null =>
    term ? { type: term.termType === "NamedNode" ? "iri" : "literal", value: term.value, datatype: term.datatype?.value ?? "" } : null;
  return { columns: orderColumns(columns, text), rows: rows.map((row) => orderColumns(columns, text).map((name) => cell(row.get(name)))) };
}

/** Columns in the order in which the query names them: an answer keeps none. */
function orderColumns(columns: string[], text: string): string[] {
  const head = /\bselect\b([\s\S]*?)(?:\bwhere\b|\{)/i.exec(text.replace(/#[^\n]*/g, ""))?.[1] ?? "";
  const place = (name: string) => {
    const found = [...head.matchAll(/[?$](\w+)/g)].map((match) => match[1]).lastIndexOf(name);
    return found < 0 ? 999 : found;
  };
  return [...columns].sort((a, b) => place(a) - place(b));
}
