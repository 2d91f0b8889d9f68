/** What is shown, as one value; the address of the page (its fragment) says it too, so that a link restores it. */

import type { Graph } from "./graph";
import { isoDay } from "./graph";

export interface State {
  tab: "map" | "list" | "query";
  /** The node whose panel is open. */
  node: number;
  /** Two nodes: why are they linked? */
  pair: [number, number] | null;
  /** Two nodes: what is the way from one to the other? */
  ends: [number, number] | null;
  /** Only these are shown. */
  only: number[] | null;
  hidden: number[];
  /** Kinds that are switched off. */
  off: string[];
  topic: string;
  source: string;
  region: number;
  from: number | null;
  to: number | null;
  degree: number;
}

export const START: State = {
  tab: "map", node: -1, pair: null, ends: null, only: null, hidden: [], off: [], topic: "", source: "", region: -1, from: null, to: null, degree: 0,
};

type Camera = { x: number; y: number; ratio: number };

export function writeAddress(state: State, graph: Graph, camera: Camera | null): string {
  const part = new URLSearchParams();
  const ids = (nodes: number[]) => nodes.slice(0, 400).map((n) => graph.names.id(n)).join(" ");
  if (state.tab !== "map") part.set("tab", state.tab);
  if (state.node >= 0) part.set("node", graph.names.id(state.node));
  if (state.pair) part.set("link", ids(state.pair));
  if (state.ends) part.set("path", ids(state.ends));
  if (state.only) part.set("only", ids(state.only));
  if (state.hidden.length) part.set("hidden", ids(state.hidden));
  if (state.off.length) part.set("off", state.off.join(" "));
  if (state.topic) part.set("topic", state.topic);
  if (state.source) part.set("source", state.source);
  if (state.region >= 0) part.set("region", String(state.region));
  if (state.from !== null) part.set("from", isoDay(state.from));
  if (state.to !== null) part.set("to", isoDay(state.to));
  if (state.degree) part.set("links", String(state.degree));
  if (camera) part.set("at", [camera.x, camera.y, camera.ratio].map((n) => n.toFixed(4)).join(" "));
  return "#" + part.toString();
}

export function readAddress(address: string, graph: Graph): { state: State; camera: Camera | null } {
  const part = new URLSearchParams(address.replace(/^#/, ""));
  const nodes = (name: string) => (part.get(name) ?? "").split(" ").filter(Boolean).map((id) => graph.find(id)).filter((n) => n >= 0 && graph.shown[n]);
  const two = (name: string): [number, number] | null => {
    const [a, b] = nodes(name);
    return b === undefined || a === b ? null : [a, b];
  };
  const day = (name: string) => {
    const time = Date.parse(part.get(name) ?? "");
    return Number.isNaN(time) ? null : Math.floor(time / 86_400_000);
  };
  const tab = part.get("tab");
  const region = Number(part.get("region") ?? -1);
  const state: State = {
    tab: tab === "list" || tab === "query" ? tab : "map",
    node: nodes("node")[0] ?? -1,
    pair: two("link"),
    ends: two("path"),
    only: part.has("only") ? nodes("only") : null,
    hidden: nodes("hidden"),
    off: (part.get("off") ?? "").split(" ").filter((kind) => graph.kinds.includes(kind)),
    topic: part.get("topic") ?? "",
    source: part.get("source") ?? "",
    region: Number.isInteger(region) && region < graph.regions.length ? region : -1,
    from: day("from"),
    to: day("to"),
    degree: Math.max(0, Number(part.get("links")) || 0),
  };
  const [x, y, ratio] = (part.get("at") ?? "").split(" ").map(Number);
  const sound = [x, y, ratio].every((n) => Number.isFinite(n) && Math.abs(n) < 10) && ratio > 0.003;
  return { state, camera: sound ? { x, y, ratio: Math.min(ratio, 1.6) } : null };
}
