/** Labels that never cover each other: the weightiest first, each placed only where there is room. */

import { plain, shorten } from "./dom";
import type { Graph } from "./graph";
import type { Theme } from "./theme";

export interface Frame {
  context: CanvasRenderingContext2D;
  width: number;
  height: number;
  /** Positions and radii in pixels. */
  x: (node: number) => number;
  y: (node: number) => number;
  radius: (node: number) => number;
  /** Pixels a unit of the layout grid. */
  scale: number;
  theme: Theme;
}

export interface Placed {
  node: number;
  text: string;
  font: string;
  size: number;
  x: number;
  y: number;
}

type Box = [number, number, number, number];
const CELL = 64;
export const FONT = 'system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif';

/** Boxes that are taken, in a coarse grid. */
class Taken {
  /** Names that stand on the map already, as those of regions. */
  readonly names = new Set<string>();
  private cells = new Map<number, Box[]>();

  add(box: Box): boolean {
    const keys: number[] = [];
    for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x++) {
      for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y++) keys.push(x * 4096 + y);
    }
    for (const key of keys) {
      for (const b of this.cells.get(key) ?? []) if (box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3]) return false;
    }
    for (const key of keys) this.cells.set(key, [...(this.cells.get(key) ?? []), box]);
    return true;
  }
}

export class Labels {
  private widths = new Map<string, number>();

  constructor(private graph: Graph) {}

  private measure(context: CanvasRenderingContext2D, text: string, font: string): number {
    const key = font + text;
    let width = this.widths.get(key);
    if (width === undefined) {
      context.font = font;
      this.widths.set(key, (width = context.measureText(text).width));
    }
    return width;
  }

  /** Draws the labels of `nodes`, first come first served; returns the boxes that are taken. */
  draw(frame: Frame, nodes: Iterable<number>, options: { most: number; regions: number; strong?: boolean; taken?: Taken; look: number; least?: number }): Taken {
    const taken = options.taken ?? new Taken();
    if (options.regions > 0) this.drawRegions(frame, taken, options.regions);
    const { context, theme } = frame;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const { text, font, x, y } of this.place(frame, nodes, options.most, { ...options, taken })) {
      context.font = font;
      context.strokeStyle = theme.paper;
      context.lineWidth = 3.5;
      context.globalAlpha = 0.9;
      context.strokeText(text, x, y);
      context.globalAlpha = 1;
      context.fillStyle = theme.ink;
      context.fillText(text, x, y);
    }
    return taken;
  }

  /** Where the labels of nodes fit, beside their nodes. */
  place(frame: Frame, nodes: Iterable<number>, most: number, options: { strong?: boolean; taken?: Taken; look?: number; least?: number } = {}): Placed[] {
    const { context } = frame;
    const taken = options.taken ?? new Taken();
    const out: Placed[] = [];
    let looks = options.look ?? 60_000;
    for (const node of nodes) {
      if (out.length >= most || looks-- <= 0) break;
      const x = frame.x(node), y = frame.y(node);
      if (x < -40 || y < -10 || x > frame.width + 10 || y > frame.height + 10) continue;
      const r = frame.radius(node);
      if (options.least && r < options.least) break; // the rest is smaller still
      const size = Math.round(Math.min(15, 10.5 + r * 0.28));
      const font = `${options.strong || r > 9 ? 600 : 450} ${size}px ${FONT}`;
      let text = plain(this.graph.labels[node], options.strong ? 60 : 34);
      let width = this.measure(context, text, font);
      if (taken.names.has(text)) {
        taken.add([x + r, y - size * 0.68, x + r + width, y + size * 0.68]); // no other name beside this node
        continue;
      }
      const gap = options.strong ? r + 9 : r + 4; // rings stand around what is strong
      const room = Math.max(x - gap, frame.width - x - gap) - 4;
      if (options.strong && width > room) {
        text = shorten(text, Math.max(4, Math.floor((text.length * room) / width) - 2));
        width = this.measure(context, text, font);
      }
      const fits = (from: number) => from > 3 && from + width < frame.width - 3;
      for (const from of [x + gap, x - gap - width].filter(fits)) {
        if (!taken.add([from - 3, y - size * 0.68, from + width + 4, y + size * 0.68])) continue;
        out.push({ node, text, font, size, x: from, y });
        break;
      }
    }
    return out;
  }

  /** Names of communities, in the middle of their discs; `strength` fades them out as one comes near. */
  private drawRegions(frame: Frame, taken: Taken, strength: number): void {
    const { context, theme } = frame;
    const { regions, radii } = this.graph;
    const small = Math.min(26, frame.width / 26); // a phone has less room
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (let n = 0; n < regions.length; n++) {
      const x = frame.x(-1 - n), y = frame.y(-1 - n);
      const radius = radii[n] * frame.scale;
      if (radius < small || x < -radius || y < -radius || x > frame.width + radius || y > frame.height + radius || !regions[n]) continue;
      const [head, ...rest] = regions[n].split(" · ").map((part) => plain(part, 28));
      const size = Math.round(Math.max(12, Math.min(20, radius * 0.15)));
      const lines: [string, string, number][] = [[head, `650 ${size}px ${FONT}`, size]];
      if (rest.length && radius > 84) lines.push([rest.join(" · "), `500 ${Math.round(size * 0.76)}px ${FONT}`, size * 0.76]);
      const width = Math.max(...lines.map(([text, font]) => this.measure(context, text, font)));
      const high = size * 1.3 * lines.length;
      if (width > radius * 6) continue;
      const tops = [0, 0.5, -0.5, 0.9, -0.9].map((share) => y + share * radius - high / 2);
      const top = tops.find((at) => taken.add([x - width / 2 - 6, at - 3, x + width / 2 + 6, at + high + 3]));
      if (top === undefined) continue;
      taken.names.add(head);
      lines.forEach(([text, font], line) => {
        const at = top + size * 0.65 + line * size * 1.15;
        context.font = font;
        context.strokeStyle = theme.paper;
        context.lineWidth = 5;
        context.globalAlpha = strength * 0.85;
        context.strokeText(text, x, at);
        context.globalAlpha = strength;
        context.fillStyle = line ? theme.soft : theme.ink;
        context.fillText(text, x, at);
      });
    }
    context.globalAlpha = 1;
  }
}
