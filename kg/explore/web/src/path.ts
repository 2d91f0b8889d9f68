/** Shortest paths by breadth-first search from both ends, around hubs where there is a way. */

import type { Graph } from "./graph";

/** Nodes from `a` to `b`, both included; null where nothing connects them. `allowed` says which nodes may be crossed. */
export function findPath(graph: Graph, a: number, b: number, allowed: (node: number) => boolean): number[] | null {
  if (a === b) return [a];
  const before = [new Int32Array(graph.count).fill(-1), new Int32Array(graph.count).fill(-1)];
  let fronts = [[a], [b]];
  before[0][a] = a;
  before[1][b] = b;
  while (fronts[0].length && fronts[1].length) {
    const side = fronts[0].length <= fronts[1].length ? 0 : 1;
    const next: number[] = [];
    let met = -1;
    for (const node of fronts[side]) {
      for (let i = graph.start[node]; i < graph.start[node + 1]; i++) {
        const other = graph.other[i];
        if (before[side][other] >= 0 || (other !== a && other !== b && !allowed(other))) continue;
        before[side][other] = node;
        if (before[1 - side][other] >= 0 && (met < 0 || graph.degree(other) < graph.degree(met))) met = other;
        next.push(other);
      }
    }
    if (met >= 0) return join(before, met, a, b);
    fronts = side ? [fronts[0], next] : [next, fronts[1]];
  }
  return null;
}

function join(before: Int32Array[], met: number, a: number, b: number): number[] {
  const path = [met];
  for (let node = met; node !== a; ) path.unshift((node = before[0][node]));
  for (let node = met; node !== b; ) path.push((node = before[1][node]));
  return path;
}

/** Up to `most` paths that share no node between the ends, those around hubs first. */
export function findPaths(graph: Graph, a: number, b: number, allowed: (node: number) => boolean, most = 3): number[][] {
  const hub = Math.max(40, Math.sqrt(graph.source.length) * 0.8);
  const paths: number[][] = [];
  const used = new Set<number>();
  let direct = false;
  for (const limit of [hub, Infinity]) {
    while (paths.length < most) {
      const skip = (node: number) => allowed(node) && !used.has(node) && graph.degree(node) <= limit;
      const path: number[] | null = findPath(graph, a, b, skip);
      if (!path || (path.length === 2 && direct)) break;
      paths.push(path);
      if (path.length === 2) {
        direct = true;
        break;
      }
      for (const node of path.slice(1, -1)) used.add(node);
    }
    if (direct) break;
  }
  return paths.sort((p, q) => p.length - q.length);
}
