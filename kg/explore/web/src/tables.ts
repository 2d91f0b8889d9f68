/** The tables of the graph: columns are unpacked when they are first asked for. Rows are numbered through all tables. */

import type { Pack } from "./pack";

export interface TableHead {
  name: string;
  kind: string;
  classes: string[];
  first: number;
  rows: number;
  rule: string;
  columns: { p: string; form: string; rule: string }[];
}

export interface Meta {
  title: string;
  statements: number;
  id: string;
  prefixes: Record<string, string>;
  graphs: string[];
  tables: TableHead[];
  version: string;
}

/** A column: the values of row n are those from start[n] to start[n + 1]. */
export interface Column {
  property: string;
  form: string;
  /** `repeats`: an empty text is that of the first evidence. */
  repeats: boolean;
  start: Int32Array;
  rows?: Int32Array;
  texts?: ArrayLike<string>;
}

export class Table {
  private loaded = new Map<number, Column>();

  constructor(readonly head: TableHead, readonly index: number, private packs: Pack[]) {}

  private pack(part: string): Pack | undefined {
    return this.packs.find((pack) => pack.has(`${this.index}.${part}`));
  }

  names(): string[] {
    return this.pack("iri")?.texts(`${this.index}.iri`) ?? [];
  }

  graphs(): Int32Array {
    return this.pack("graph")?.numbers(`${this.index}.graph`) ?? new Int32Array(0);
  }

  said(): Int32Array {
    return this.pack("said")?.numbers(`${this.index}.said`) ?? new Int32Array(0);
  }

  /** All columns of the table that the packs at hand have. */
  columns(): Column[] {
    return this.head.columns.map((_, n) => this.at(n)).filter((column) => column !== null);
  }

  column(property: string, form?: string): Column | null {
    const n = this.head.columns.findIndex((c) => c.p === property && (form === undefined || c.form === form));
    return n < 0 ? null : this.at(n);
  }

  private at(n: number): Column | null {
    const known = this.loaded.get(n);
    if (known) return known;
    const pack = this.pack(String(n));
    if (!pack) return null;
    const { p, form, rule } = this.head.columns[n];
    const name = `${this.index}.${n}`;
    const column: Column = { property: p, form, repeats: rule === "repeats", start: this.starts(pack, name) };
    if (form === "row") column.rows = pack.numbers(name);
    else if (pack.form(name) === "s") column.texts = pack.texts(name);
    else if (pack.has(`${name}=`)) {
      const choices = pack.texts(`${name}=`);
      column.texts = Array.from(pack.numbers(name), (choice) => choices[choice]);
    } else column.texts = Array.from(pack.numbers(name), String);
    if (rule === "length") column.texts = this.ends(p, column.texts!);
    this.loaded.set(n, column);
    return column;
  }

  /** The ends of sentences, of which only the difference to start and length is stored; characters are code points. */
  private ends(iri: string, differences: ArrayLike<string>): string[] {
    const base = iri.slice(0, -"end".length);
    const start = this.column(`${base}start`)?.texts ?? [], exact = this.column(`${base}exact`)?.texts ?? [];
    return Array.from(differences, (difference, n) => {
      let length = exact[n].length;
      for (const c of exact[n].match(/[\ud800-\udbff][\udc00-\udfff]/g) ?? []) length -= c.length - 1;
      return String(Number(start[n]) + length + Number(difference));
    });
  }

  private starts(pack: Pack, name: string): Int32Array {
    const start = new Int32Array(this.head.rows + 1);
    const counts = pack.has(`${name}#`) ? pack.numbers(`${name}#`) : null;
    for (let n = 0; n < this.head.rows; n++) start[n + 1] = start[n] + (counts ? counts[n] : 1);
    return start;
  }
}

export class Tables {
  readonly meta: Meta;
  readonly all: Table[];
  /** Base IRIs by prefix. */
  readonly ns: Record<string, string>;

  constructor(private packs: Pack[]) {
    this.meta = JSON.parse(packs[0].texts("meta")[0]);
    this.ns = this.meta.prefixes;
    this.all = this.meta.tables.map((head, n) => new Table(head, n, packs));
  }

  /** Adds the second pack. */
  add(pack: Pack): void {
    this.packs.push(pack);
  }

  get complete(): boolean {
    return this.packs.length > 1;
  }

  iri(name: string): string {
    const colon = name.indexOf(":");
    return this.ns[name.slice(0, colon)] + name.slice(colon + 1);
  }

  named(name: string): Table | undefined {
    return this.all.find((table) => table.head.name === name);
  }

  tableOf(row: number): Table | undefined {
    let low = 0, high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.all[middle].head.first <= row) low = middle;
      else high = middle - 1;
    }
    return this.all[low];
  }

  /** References of a row, as row numbers; `name` is a prefixed name. */
  refs(row: number, name: string): number[] {
    const table = this.tableOf(row);
    const column = table?.column(this.iri(name), "row");
    if (!table || !column?.rows) return [];
    const n = row - table.head.first;
    return Array.from(column.rows.subarray(column.start[n], column.start[n + 1]));
  }

  /** Texts, numbers and dates of a row, as text. */
  texts(row: number, name: string): string[] {
    const table = this.tableOf(row);
    const iri = this.iri(name);
    if (!table) return [];
    const n = row - table.head.first;
    const out: string[] = [];
    for (const head of table.head.columns) {
      if (head.p !== iri || head.form === "row") continue;
      const column = table.column(iri, head.form);
      for (let i = column?.start[n] ?? 0; column?.texts && i < column.start[n + 1]; i++) {
        const text = column.texts[i];
        out.push(text === "" && column.repeats ? this.text(this.refs(row, "kg:evidence")[0], "kg:exact") : text);
      }
    }
    return out;
  }

  text(row: number, name: string): string {
    return this.texts(row, name)[0] ?? "";
  }
}
