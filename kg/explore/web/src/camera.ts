/** Where one looks from: flights to nodes, zoom, and the way back to the whole. */

import type Sigma from "sigma";
import { calm } from "./dom";
import { GRID, type Graph } from "./graph";

export const CLOSEST = 0.004, FARTHEST = 1.6;

export class Camera {
  constructor(private sigma: Sigma, private stage: HTMLElement, private graph: Graph) {}

  /** The share of the map that is seen: 1 is all of it. */
  get ratio(): number {
    return this.sigma.getCamera().getState().ratio;
  }

  flyTo(nodes: number[], closest = 0.12): void {
    const seen = nodes.filter((node) => this.graph.shown[node]);
    if (!seen.length) return;
    if (this.stage.clientWidth) this.sigma.resize(); // a panel may just have opened beside the map
    const xs = seen.map((n) => this.graph.x[n]), ys = seen.map((n) => this.graph.y[n]);
    const [left, right, low, high] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height } = this.sigma.getDimensions();
    const unit = Math.min(width, height);
    const wide = Math.max(((right - left) / GRID) * (unit / width), ((high - low) / GRID) * (unit / height)) * 1.5;
    const ratio = Math.max(closest, Math.min(1.1, wide));
    // Places on the layout's grid as the camera names them: Sigma's own look-up is raw while the graph is being indexed.
    const [x, y] = [(left + right) / 2 / GRID, (low + high) / 2 / GRID];
    this.move({ x, y: y - (this.covered() / 2 / unit) * ratio, ratio, angle: 0 });
  }

  zoom(factor: number): void {
    const { x, y, ratio } = this.sigma.getCamera().getState();
    this.move({ x, y, ratio: Math.max(CLOSEST, Math.min(FARTHEST, ratio * factor)) });
  }

  home(): void {
    this.move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
  }

  private move(state: { x: number; y: number; ratio: number; angle?: number }): void {
    const camera = this.sigma.getCamera();
    if (calm()) camera.setState(state);
    else void camera.animate(state, { duration: 320, easing: "quadraticInOut" });
  }

  /** How many pixels of the stage the panel lies over: on a phone it comes from below. */
  private covered(): number {
    const panel = document.querySelector<HTMLElement>(".panel");
    const box = panel?.getBoundingClientRect(), stage = this.stage.getBoundingClientRect();
    return box && box.width >= stage.width ? Math.max(0, stage.bottom - box.top) : 0;
  }
}
