/** Joins the parts: holds the state, tells them when it changes, and keeps the address of the page. */

import { announce, counted, tidy } from "./dom";
import { Evidence } from "./evidence";
import { Filter } from "./filter";
import type { Graph } from "./graph";
import { findPaths } from "./path";
import { Search } from "./search";
import { readAddress, START, writeAddress, type State } from "./state";
import { kindWord } from "./theme";
import type { Focus, View } from "./view";

export class App {
  state: State = { ...START };
  visible: Uint8Array;
  paths: number[][] = [];
  /** Nodes of the last answer to a query. */
  marked: number[] = [];
  view: View | null = null;
  readonly search: Search;
  readonly filter: Filter;
  readonly evidence: Evidence;
  private listeners: ((changed: Set<keyof State>) => void)[] = [];
  private written = "";

  constructor(readonly graph: Graph) {
    this.search = new Search(graph);
    this.filter = new Filter(graph);
    this.evidence = new Evidence(graph);
    this.visible = Uint8Array.from(graph.shown);
    addEventListener("hashchange", () => {
      if (location.hash !== this.written) this.restore();
    });
  }

  listen(listener: (changed: Set<keyof State>) => void): void {
    this.listeners.push(listener);
  }

  /** Changes the state. A change of what is selected is a step that "back" takes back; a filter is not. */
  set(change: Partial<State>, options: { step?: boolean; quiet?: boolean } = {}): void {
    const changed = new Set((Object.keys(change) as (keyof State)[]).filter((key) => change[key] !== this.state[key]));
    if (!changed.size) return;
    this.state = { ...this.state, ...change };
    this.apply(changed);
    if (!options.quiet) this.writeAddress(options.step ?? ["node", "pair", "ends", "tab", "only"].some((key) => changed.has(key as keyof State)));
  }

  private apply(changed: Set<keyof State>): void {
    const filters: (keyof State)[] = ["only", "hidden", "off", "topic", "source", "region", "from", "to", "degree"];
    if (filters.some((key) => changed.has(key))) {
      this.visible = this.filter.apply(this.state);
      this.view?.setVisible(this.visible);
    }
    if (this.state.ends && (changed.has("ends") || filters.some((key) => changed.has(key)))) this.findPaths();
    this.view?.setFocus(this.focus());
    for (const listener of this.listeners) listener(changed);
  }

  /** Tells all parts that everything may have changed: the sentences have arrived. */
  refresh(): void {
    const all = new Set(Object.keys(this.state) as (keyof State)[]);
    for (const listener of this.listeners) listener(all);
  }

  // ------------------------------------------------------------------------------------------------ what to do

  select(node: number, fly = false): void {
    const { graph } = this;
    this.marked = [];
    this.set({ node, pair: null, ends: null, tab: this.state.tab === "query" ? "map" : this.state.tab, ...(this.visible[node] ? {} : this.reveal([node])) });
    if (fly) this.view?.camera.flyTo([node, ...graph.neighbours(node).filter((n) => this.visible[n]).slice(0, 40)]);
    announce(`${tidy(graph.labels[node], 200)}, ${kindWord(graph.kinds[node])}, ${counted(graph.degree(node), "link")}`);
  }

  linkOf(a: number, b: number): void {
    this.marked = [];
    this.set({ pair: [a, b], node: -1, ends: null });
    announce(`Why ${tidy(this.graph.labels[a], 200)} and ${tidy(this.graph.labels[b], 200)} are linked`);
  }

  pathOf(a: number, b: number): void {
    this.marked = [];
    this.set({ ends: [a, b], node: -1, pair: null, tab: "map" });
    if (this.paths.length) this.view?.camera.flyTo(this.paths[0]);
    announce(this.paths.length ? `${counted(this.paths.length, "path")}; the shortest has ${counted(this.paths[0].length - 1, "hop")}` : "No path found");
  }

  private findPaths(): void {
    const [a, b] = this.state.ends!;
    this.paths = findPaths(this.graph, a, b, (node) => this.visible[node] === 1);
  }

  /** Shows these nodes on the map, ringed. */
  mark(nodes: number[]): void {
    const seen = nodes.filter((node) => this.graph.shown[node]);
    this.set({ node: -1, pair: null, ends: null, tab: "map", ...this.reveal(seen) });
    this.marked = seen;
    this.view?.setFocus(this.focus());
    this.view?.camera.flyTo(seen, 0.3);
    announce(`${counted(seen.length, "node")} marked on the map`);
  }

  clear(): void {
    this.marked = [];
    this.set({ node: -1, pair: null, ends: null });
    this.view?.setFocus(this.focus());
  }

  /** A node and all that is linked with it, alone. */
  isolate(node: number): void {
    this.set({ only: [node, ...this.graph.neighbours(node)] });
    this.view?.camera.flyTo(this.state.only!);
  }

  /** Adds the neighbours of a node to what is shown alone. */
  expand(node: number): void {
    const known = this.state.only ?? [node];
    this.set({ only: [...new Set([...known, node, ...this.graph.neighbours(node)])] });
    this.view?.camera.flyTo(this.state.only!);
  }

  hide(node: number): void {
    this.set({ hidden: [...this.state.hidden, node], node: -1 });
  }

  /** What has to change for nodes to be seen: filters are taken back where they hide one. */
  private reveal(nodes: number[]): Partial<State> {
    if (nodes.every((node) => this.visible[node])) return {};
    const wanted = new Set(nodes);
    const { only, hidden, off } = this.state;
    return {
      only: only ? [...new Set([...only, ...nodes])] : null,
      hidden: hidden.filter((node) => !wanted.has(node)),
      off: off.filter((kind) => !nodes.some((node) => this.graph.kinds[node] === kind)),
      topic: "", source: "", region: -1, from: null, to: null, degree: 0,
    };
  }

  /** What stands out of the faded rest. */
  focus(): Focus | null {
    const { graph, state, visible } = this;
    if (state.ends) {
      const path: [number, number][] = (this.paths[0] ?? []).slice(1).map((node, n) => [this.paths[0][n], node]);
      const rest = this.paths.slice(1).flatMap((nodes) => nodes.slice(1).map((node, n): [number, number] => [nodes[n], node]));
      return { nodes: [...new Set([...state.ends, ...this.paths.flat()])], pairs: rest, path, marked: state.ends };
    }
    if (state.pair) return { nodes: state.pair, pairs: [], path: [state.pair], marked: state.pair };
    if (state.node >= 0) {
      const near = graph.neighbours(state.node).filter((node) => visible[node]);
      const inside = new Set(near);
      const pairs: [number, number][] = near.map((node) => [state.node, node]);
      for (const node of near.length < 150 ? near : []) {
        for (let i = graph.start[node]; i < graph.start[node + 1]; i++) {
          if (graph.other[i] > node && inside.has(graph.other[i])) pairs.push([node, graph.other[i]]);
        }
      }
      return { nodes: [state.node, ...near], pairs };
    }
    return this.marked.length ? { nodes: this.marked, pairs: [], marked: this.marked } : null;
  }

  /** The nodes of the current selection, for downloads: those in focus, else those shown. */
  chosen(): number[] {
    return this.focus()?.nodes ?? Array.from(this.graph.order).filter((node) => this.visible[node]);
  }

  // ------------------------------------------------------------------------------------------------ the address

  private camera(): { x: number; y: number; ratio: number } | null {
    const camera = this.view?.sigma.getCamera().getState();
    return camera && (Math.abs(camera.ratio - 1) > 0.001 || Math.abs(camera.x - 0.5) > 0.001) ? camera : null;
  }

  writeAddress(step: boolean): void {
    this.written = writeAddress(this.state, this.graph, this.camera());
    if (this.written === location.hash || (this.written === "#" && !location.hash)) return;
    if (step) location.hash = this.written;
    else history.replaceState(null, "", this.written);
    this.written = location.hash;
  }

  restore(): void {
    const { state, camera } = readAddress(location.hash, this.graph);
    this.written = location.hash;
    this.marked = [];
    const before = this.state;
    this.state = state;
    this.apply(new Set((Object.keys(state) as (keyof State)[]).filter((key) => JSON.stringify(state[key]) !== JSON.stringify(before[key]))));
    if (camera) this.view?.sigma.getCamera().setState(camera);
    else if (state.ends && this.paths.length) this.view?.camera.flyTo(this.paths[0]);
    else if (state.node >= 0) this.view?.camera.flyTo([state.node, ...this.graph.neighbours(state.node).slice(0, 40)]);
  }
}
