/** Which links carry the picture. */

import type { Graph } from "./graph";

/** From so many links on, long lines say nothing: those inside a community come first. */
const MANY = 18_000;

/** The pairs of linked nodes, one after another (a, b, a, b ...), those first that carry the picture: for each node its
 * strongest. */
export function rankPairs(graph: Graph): Int32Array {
  const { source, target, count, home, weight } = graph;
  const keys = new Float64Array(source.length);
  for (let n = 0; n < source.length; n++) keys[n] = Math.min(source[n], target[n]) * count + Math.max(source[n], target[n]);
  keys.sort();
  const a = new Int32Array(keys.length), b = new Int32Array(keys.length), score = new Float64Array(keys.length);
  let pairs = 0;
  for (let n = 0; n < keys.length; pairs++) {
    let end = n;
    while (end < keys.length && keys[end] === keys[n]) end++;
    const s = (a[pairs] = Math.floor(keys[n] / count)), t = (b[pairs] = keys[n] % count);
    const hub = Math.max(graph.degree(s), graph.degree(t));
    score[pairs] = ((end - n) * (home[s] === home[t] ? 2 : 1)) / Math.log2(4 + hub) + weight[s] * 1e-6;
    n = end;
  }
  const best = new Int32Array(count).fill(-1);
  for (let n = 0; n < pairs; n++) {
    if (best[a[n]] < 0 || score[n] > score[best[a[n]]]) best[a[n]] = n;
    if (best[b[n]] < 0 || score[n] > score[best[b[n]]]) best[b[n]] = n;
  }
  const own = new Uint8Array(pairs);
  for (const n of best) if (n >= 0) own[n] = 1;
  const order = Int32Array.from({ length: pairs }, (_, n) => n);
  if (pairs < MANY) order.sort((m, n) => own[n] - own[m] || score[n] - score[m] || m - n);
  else {
    const rank = Uint8Array.from(order, (n) => own[n] + 2 * Number(home[a[n]] === home[b[n]]));
    order.sort((m, n) => rank[n] - rank[m] || m - n);
  }
  const out = new Int32Array(2 * pairs);
  order.forEach((n, at) => {
    out[2 * at] = a[n];
    out[2 * at + 1] = b[n];
  });
  return out;
}
