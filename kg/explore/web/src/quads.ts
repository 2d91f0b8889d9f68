/** The tables as N-Quads again: what the query engine is given. */

import type { Names } from "./names";
import type { Table, Tables } from "./tables";

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };

function literal(text: string, form: string, string: string): string {
  const quoted = `"${text.replace(/[\\"\n\r]/g, (c) => ESCAPES[c])}"`;
  return form.startsWith("@") ? quoted + form : form === string ? quoted : `${quoted}^^<${form}>`;
}

/** N-Quads, some thousand lines a piece. */
export function* writeQuads(tables: Tables, names: Names): Generator<string> {
  for (const table of tables.all) yield* tableQuads(table, tables, names);
}

function* tableQuads(table: Table, tables: Tables, names: Names): Generator<string> {
  const type = `<${tables.iri("rdf:type")}>`, string = tables.iri("xsd:string");
  const columns = table.columns(), said = table.said();
  const [subject, predicate, object] = ["subject", "predicate", "object"].map((n) => table.column(tables.iri(`rdf:${n}`)));
  let lines: string[] = [];
  for (let n = 0; n < table.head.rows; n++) {
    const row = table.head.first + n;
    const s = `<${names.iri(row)}>`, graph = names.graphIri(table, n), g = graph ? ` <${graph}> .\n` : " .\n";
    for (const iri of table.head.classes) lines.push(`${s} ${type} <${iri}>${g}`);
    for (const column of columns) {
      for (let i = column.start[n]; i < column.start[n + 1]; i++) {
        let value: string;
        if (column.rows) value = `<${names.iri(column.rows[i])}>`;
        else if (column.form === "iri") value = `<${column.texts![i]}>`;
        else value = literal(column.repeats && column.texts![i] === "" ? tables.text(row, "kg:text") : column.texts![i], column.form, string);
        lines.push(`${s} <${column.property}> ${value}${g}`);
      }
    }
    if (said[n] && subject?.rows && predicate?.texts && object) {
      const o = names.iri(object.rows ? object.rows[object.start[n]] : -1);
      lines.push(`<${names.iri(subject.rows[subject.start[n]])}> <${predicate.texts[predicate.start[n]]}> <${o}>${g}`);
    }
    if (lines.length > 4000) {
      yield lines.join("");
      lines = [];
    }
  }
  yield lines.join("");
}
