/** What is painted over and under Sigma's picture: grounds and names of communities, labels, what is in focus, and paths. */

import type { Frame } from "./labels";
import { colourOf, fade } from "./theme";
import type { Focus, View } from "./view";

/** More marked nodes than these stand out by their colour alone: so many rings would hide them. */
const MOST_RINGS = 150;

/** The ground of each community: a disc a shade darker than the page. */
export function paintRegions(context: CanvasRenderingContext2D, view: View): void {
  const { graph, theme } = view;
  const scale = view.gridScale();
  context.fillStyle = fade(theme.ink, theme.dark ? 0.05 : 0.035);
  for (let n = 0; n < graph.regions.length; n++) {
    if (!graph.regions[n]) continue;
    context.beginPath();
    context.arc(...view.place(-1 - n), graph.radii[n] * scale, 0, 7);
    context.fill();
  }
}

/** All that stands above the links and nodes. */
export function paintAbove(frame: Frame, view: View): void {
  const most = Math.round((frame.width * frame.height) / 11_000);
  if (view.focus) paintFocus(frame, view, view.focus, most);
  else paintWhole(frame, view, most);
}

function paintWhole(frame: Frame, view: View, most: number): void {
  const { graph, hovered } = view;
  const nodes = hovered >= 0 ? [hovered, ...graph.order] : graph.order;
  if (hovered >= 0) paintHover(frame, view);
  const seen = function* () {
    for (const node of nodes) if (view.isVisible(node)) yield node;
  };
  const regions = view.few ? 0 : Math.max(0, Math.min(1, (view.camera.ratio - 0.22) / 0.25));
  view.labels.draw(frame, seen(), { most, regions, least: regions > 0.5 ? 6 : 0, look: 60_000 });
}

function paintFocus(frame: Frame, view: View, focus: Focus, most: number): void {
  const { hovered } = view;
  const marked = focus.marked ?? [];
  paintLinks(frame, view, focus);
  for (let n = focus.nodes.length - 1; n >= 0; n--) paintNode(frame, view, focus.nodes[n], n === 0 && !focus.marked);
  for (const node of marked.length <= MOST_RINGS ? marked : []) paintRing(frame, view, node);
  const first = hovered >= 0 ? [hovered, ...focus.nodes] : focus.nodes;
  const strong = (focus.path ? focus.nodes.length : 1) + Number(hovered >= 0);
  const taken = view.labels.draw(frame, first.slice(0, strong), { most: strong, regions: 0, strong: true, look: 60 });
  view.labels.draw(frame, first.slice(strong).filter((node) => node !== hovered), { most, regions: 0, taken, look: 4000 });
}

function paintHover(frame: Frame, view: View): void {
  const { graph, hovered } = view;
  const near = graph.neighbours(hovered).filter((node) => view.isVisible(node)).slice(0, 200);
  paintLinks(frame, view, { nodes: [], pairs: near.map((node) => [hovered, node]) });
  for (const node of near) paintNode(frame, view, node, false);
  paintNode(frame, view, hovered, true);
}

function paintLinks({ context, theme }: Frame, view: View, { pairs, path }: Focus): void {
  const lines = (list: [number, number][], colour: string, width: number) => {
    context.beginPath();
    for (const [a, b] of list) {
      context.moveTo(...view.place(a));
      context.lineTo(...view.place(b));
    }
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  };
  lines(pairs, fade(theme.line, pairs.length > 300 ? 0.35 : 0.6), 1);
  if (path) lines(path, theme.accent, 3);
}

function paintNode(frame: Frame, view: View, node: number, strong: boolean): void {
  const { context, theme } = frame;
  context.beginPath();
  context.arc(...view.place(node), Math.max(view.radius(node), 3), 0, 7);
  context.fillStyle = colourOf(view.graph.kinds[node], theme);
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = theme.paper;
  context.stroke();
  if (strong) paintRing(frame, view, node);
}

function paintRing({ context, theme }: Frame, view: View, node: number): void {
  context.beginPath();
  context.arc(...view.place(node), Math.max(view.radius(node), 3) + 3.5, 0, 7);
  context.lineWidth = 2;
  context.strokeStyle = theme.ink;
  context.stroke();
}
