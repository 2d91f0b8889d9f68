/** Files that the page gives away: pictures, and the current selection as a graph or a table. */

import type { App } from "./app";
import { plain } from "./dom";
import type { Graph } from "./graph";
import { paintAbove, paintRegions } from "./paint";
import { colourOf, fade } from "./theme";
import type { View } from "./view";

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function saveText(name: string, text: string, type: string): void {
  saveBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));
}

/** A cell of a CSV file. */
export function quoteCsv(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text; // a spreadsheet would run it
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** XML text: escaped, and without characters that XML does not have. */
export function xml(text: string): string {
  const legal = text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]|[\ufffe\uffff]/g, (c) => (/[\ud800-\udfff]/.test(c) ? c : ""));
  const whole = legal.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return whole.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}

export async function savePng(view: View, stage: HTMLElement): Promise<void> {
  const { width, height } = view.sigma.getDimensions();
  const density = 2;
  const canvas = document.createElement("canvas");
  canvas.width = width * density;
  canvas.height = height * density;
  const context = canvas.getContext("2d")!;
  context.scale(density, density);
  context.fillStyle = view.theme.paper;
  context.fillRect(0, 0, width, height);
  paintRegions(context, view);
  paintBase(context, view, stage.classList.contains("faded") ? 0.16 : 1);
  paintAbove({ context, width, height, scale: view.gridScale(), theme: view.theme, x: (n) => view.place(n)[0], y: (n) => view.place(n)[1], radius: (n) => view.radius(n) }, view);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob) saveBlob("graph.png", blob);
}

/** What Sigma draws, on a plain canvas: a WebGL canvas cannot be read after its frame. */
function paintBase(context: CanvasRenderingContext2D, view: View, strength: number): void {
  const { graph } = view;
  context.globalAlpha = strength;
  for (const [a, b] of view.drawnPairs()) {
    context.beginPath();
    context.moveTo(...view.place(a));
    context.lineTo(...view.place(b));
    context.strokeStyle = fade(view.theme.line, graph.home[a] === graph.home[b] ? 0.3 : 0.1);
    context.lineWidth = 0.8;
    context.stroke();
  }
  for (const node of Array.from(graph.order).reverse()) {
    if (!view.isVisible(node)) continue;
    context.beginPath();
    context.arc(...view.place(node), view.radius(node), 0, 7);
    context.fillStyle = colourOf(graph.kinds[node], view.theme);
    context.fill();
  }
  context.globalAlpha = 1;
}

/** The map as it stands, as vectors: links, nodes with their names as titles, and the names of the weightiest. */
export function makeSvg(view: View): string {
  const { graph, theme } = view;
  const { width, height } = view.sigma.getDimensions();
  const at = (n: number) => view.place(n).map((v) => v.toFixed(1));
  const inside = (n: number) => {
    const [x, y] = view.place(n);
    return view.isVisible(n) && x > -20 && y > -20 && x < width + 20 && y < height + 20;
  };
  const lines = view.drawnPairs().filter(([a, b]) => inside(a) || inside(b)).map(([a, b]) => `M${at(a)}L${at(b)}`);
  const nodes = Array.from(graph.order).filter(inside);
  const circles = [...nodes].reverse().map((n) => `<circle cx="${at(n)[0]}" cy="${at(n)[1]}" r="${view.radius(n).toFixed(1)}" fill="${colourOf(graph.kinds[n], theme)}"><title>${xml(plain(graph.labels[n], 200))}</title></circle>`);
  const texts = view.placedLabels(nodes).map(({ node, x, y, size }) => `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" font-size="${size}">${xml(plain(graph.labels[node], 34))}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<rect width="100%" height="100%" fill="${theme.paper}"/>`,
    `<path d="${lines.join("")}" stroke="${theme.line}" stroke-opacity="0.25" stroke-width="0.8" fill="none"/>`,
    ...circles,
    `<g font-family="system-ui, sans-serif" fill="${theme.ink}" stroke="${theme.paper}" stroke-width="3" paint-order="stroke" dominant-baseline="middle">`,
    ...texts,
    "</g>",
    "</svg>\n",
  ].join("\n");
}

/** Links among the chosen nodes. */
function linksAmong(graph: Graph, nodes: number[]): number[] {
  const inside = new Set(nodes);
  return Array.from(graph.source.keys()).filter((link) => inside.has(graph.source[link]) && inside.has(graph.target[link]));
}

/** GraphML that Gephi, Cytoscape and yEd read: plain lower-case keys, edge ids of their own, positions and colours. */
export function makeGraphml(app: App): string {
  const { graph, evidence } = app;
  const nodes = app.chosen();
  const keys: [string, string, string, string][] = [
    ["n_label", "node", "label", "string"], ["n_kind", "node", "kind", "string"], ["n_iri", "node", "iri", "string"], ["n_weight", "node", "weight", "int"],
    ["n_x", "node", "x", "double"], ["n_y", "node", "y", "double"], ["n_r", "node", "r", "int"], ["n_g", "node", "g", "int"], ["n_b", "node", "b", "int"], ["n_first", "node", "first_seen", "string"],
    ["e_label", "edge", "label", "string"], ["e_relation", "edge", "relation", "string"], ["e_weight", "edge", "weight", "double"], ["e_sentence", "edge", "sentence", "string"], ["e_document", "edge", "document", "string"], ["e_date", "edge", "date", "string"],
  ];
  const data = (key: string, value: string | number) => (value === "" ? "" : `<data key="${key}">${xml(String(value))}</data>`);
  const light = { ...app.view!.theme, dark: false };
  const node = (n: number) => {
    const colour = parseInt(colourOf(graph.kinds[n], light).slice(1), 16);
    const day = graph.days(n)[0];
    const fields = [data("n_label", graph.labels[n]), data("n_kind", graph.kinds[n]), data("n_iri", graph.names.iri(n)), data("n_weight", graph.weight[n]), data("n_x", graph.x[n] / 8), data("n_y", graph.y[n] / 8), data("n_r", colour >> 16), data("n_g", (colour >> 8) & 255), data("n_b", colour & 255), data("n_first", day === undefined ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10))];
    return `<node id="n${n}">${fields.join("")}</node>`;
  };
  const edge = (link: number, n: number) => {
    const said = evidence.of(graph.statement[link])[0];
    const relation = graph.relations[graph.relation[link]];
    const fields = [data("e_label", relation), data("e_relation", relation), data("e_weight", Math.max(1, graph.support[link])), data("e_sentence", said?.sentence ?? ""), data("e_document", said?.document ?? ""), data("e_date", said?.date ?? "")];
    return `<edge id="e${n}" source="n${graph.source[link]}" target="n${graph.target[link]}">${fields.join("")}</edge>`;
  };
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([id, owner, name, type]) => `<key id="${id}" for="${owner}" attr.name="${name}" attr.type="${type}"/>`),
    '<graph edgedefault="directed">',
    ...nodes.map(node),
    ...linksAmong(graph, nodes).map(edge),
    "</graph>",
    "</graphml>\n",
  ].join("\n");
}

/** The links among the chosen nodes as a table, each with its first sentence; nodes without one stand alone in a line. */
export function makeCsv(app: App): string {
  const { graph, evidence } = app;
  const nodes = app.chosen();
  const links = linksAmong(graph, nodes);
  const linked = new Set(links.flatMap((link) => [graph.source[link], graph.target[link]]));
  const line = (link: number) => {
    const said = evidence.of(graph.statement[link])[0];
    const ends = [graph.source[link], graph.target[link]].flatMap((n) => [graph.labels[n], graph.kinds[n], graph.names.id(n)]);
    return [...ends.slice(0, 3), graph.relations[graph.relation[link]], ...ends.slice(3), String(graph.support[link]), said?.sentence ?? "", said?.document ?? "", said?.date ?? ""];
  };
  const alone = nodes.filter((n) => !linked.has(n)).map((n) => [graph.labels[n], graph.kinds[n], graph.names.id(n), "", "", "", "", "", "", "", ""]);
  const head = ["source", "source_kind", "source_id", "relation", "target", "target_kind", "target_id", "documents", "sentence", "document", "date"];
  return [head, ...links.map(line), ...alone].map((row) => row.map(quoteCsv).join(",")).join("\r\n") + "\r\n";
}
