/** The picture: Sigma draws nodes and the strongest links; labels, focus and paths are drawn over it, so that nothing large
 * ever changes for a click. */

import GraphologyGraph from "graphology";
import Sigma from "sigma";
import { rankPairs } from "./backbone";
import { Camera, CLOSEST, FARTHEST } from "./camera";
import { GRID, type Graph } from "./graph";
import { Labels, type Frame, type Placed } from "./labels";
import { paintAbove, paintRegions } from "./paint";
import { Discs, Lines } from "./programs";
import { blend, colourOf, readTheme, type Theme } from "./theme";

/** So many nodes and links are drawn at most, the weightiest in view: the rest comes as one draws near, or with a focus. */
const MOST_NODES = 6000;
const MOST_LINKS = 6000;
/** Where filters leave so few nodes, each is as large as `CLEAR` pixels at least, and names of nodes stand for those of regions. */
const FEW = 200;
const CLEAR = 3.5;

export interface Focus {
  /** Drawn in full over the faded rest. The first is the centre. */
  nodes: number[];
  /** Links between them, as pairs of nodes. */
  pairs: [number, number][];
  /** Drawn strong: the hops of a path, or the two ends of a link. */
  path?: [number, number][];
  /** Ringed. */
  marked?: number[];
}

export interface Events {
  node: (node: number) => void;
  pair: (a: number, b: number) => void;
  nothing: () => void;
  moved: () => void;
}

export class View {
  readonly sigma: Sigma;
  readonly camera: Camera;
  readonly labels: Labels;
  theme: Theme = readTheme();
  focus: Focus | null = null;
  hovered = -1;
  /** Whether so few nodes are left that each is drawn large. */
  few = false;
  private underlay: HTMLCanvasElement;
  private overlay: HTMLCanvasElement;
  private visible: Uint8Array;
  private radii: Float32Array;
  private backbone: Int32Array;
  private pairs: [number, number][] = [];
  private drawn: number[] = [];
  private waiting = 0;
  private affine = [1, 0, 0, 1, 0, 0];

  constructor(private stage: HTMLElement, readonly graph: Graph, private events: Events) {
    this.visible = Uint8Array.from(graph.shown);
    this.labels = new Labels(graph);
    this.radii = this.sizeNodes();
    this.backbone = rankPairs(graph);
    this.sigma = new Sigma(this.makeGraph(this.chooseNodes()), stage, {
      renderLabels: false,
      enableEdgeEvents: false,
      hideEdgesOnMove: graph.order.length > 5000,
      nodeProgramClasses: { circle: Discs },
      edgeProgramClasses: { line: Lines },
      itemSizesReference: "screen",
      zoomToSizeRatioFunction: (ratio) => Math.pow(ratio, 0.6),
      minCameraRatio: CLOSEST,
      maxCameraRatio: FARTHEST,
      stagePadding: 24,
      minEdgeThickness: 1,
      defaultEdgeColor: "#888",
      zIndex: false,
      allowInvalidContainer: true, // the page may open on another tab
      defaultDrawNodeHover: () => {},
    });
    this.camera = new Camera(this.sigma, stage, graph);
    this.sigma.setCustomBBox({ x: [0, GRID], y: [0, GRID] });
    this.underlay = this.addCanvas("underlay");
    this.overlay = this.addCanvas("overlay");
    stage.prepend(this.underlay);
    this.listen();
  }

  private listen(): void {
    const { events, graph, stage } = this;
    this.sigma.on("afterRender", () => this.draw());
    this.sigma.on("clickNode", ({ node }) => events.node(Number(node)));
    this.sigma.on("clickStage", ({ event }) => this.clickStage(event.x, event.y));
    this.sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
    this.sigma.on("leaveNode", () => this.hover(-1));
    this.sigma.getCamera().on("updated", () => {
      events.moved();
      if (graph.order.length <= MOST_NODES) return;
      clearTimeout(this.waiting);
      this.waiting = window.setTimeout(() => this.redraw(false), 140);
    });
    new ResizeObserver(() => {
      if (!stage.clientWidth) return; // another tab is open
      this.sigma.resize();
      this.sigma.scheduleRender();
    }).observe(stage);
    stage.addEventListener("mousemove", (event) => this.hoverFocus(event.offsetX, event.offsetY));
  }

  private addCanvas(name: string): HTMLCanvasElement {
    const canvas = this.stage.appendChild(document.createElement("canvas"));
    canvas.className = name;
    canvas.setAttribute("aria-hidden", "true");
    return canvas;
  }

  /** The radius of each node at the first view: its area grows with its weight. */
  private sizeNodes(): Float32Array {
    const { graph } = this;
    const radii = new Float32Array(graph.count);
    const area = Math.min(this.stage.clientWidth || 1000, 1600) * Math.min(this.stage.clientHeight || 700, 1200);
    const room = Math.sqrt(area / Math.max(graph.order.length, 60));
    const most = Math.max(1, graph.weight[graph.order[0]] ?? 1);
    const least = Math.max(0.7, Math.min(3.2, room * 0.11)), span = Math.max(4.5, Math.min(15, room * 0.65));
    for (const node of graph.order) radii[node] = least + span * Math.sqrt(graph.weight[node] / most);
    return radii;
  }

  /** The weightiest nodes in view; all of them where they are not too many. */
  private chooseNodes(): number[] {
    const { graph, visible } = this;
    const out: number[] = [];
    const [left, right, low, high] = graph.order.length > MOST_NODES && this.sigma ? this.inView() : [0, GRID, 0, GRID];
    for (const node of graph.order) {
      const x = graph.x[node], y = graph.y[node];
      if (visible[node] && x >= left && x <= right && y >= low && y <= high) out.push(node);
      if (out.length >= MOST_NODES) break;
    }
    return out;
  }

  /** The part of the grid that the camera sees, and a little more. */
  private inView(): [number, number, number, number] {
    const { width, height } = this.sigma.getDimensions();
    const corners = [[-60, -60], [width + 60, height + 60]].map(([x, y]) => this.sigma.viewportToGraph({ x, y }));
    const [xs, ys] = [corners.map((c) => c.x), corners.map((c) => c.y)];
    return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  }

  private makeGraph(nodes: number[]): GraphologyGraph {
    const { graph } = this;
    this.drawn = nodes;
    this.few = nodes.length <= FEW && nodes.length < graph.order.length;
    const made = new GraphologyGraph({ type: "undirected", multi: false, allowSelfLoops: false });
    const inside = new Uint8Array(graph.count);
    for (let n = nodes.length - 1; n >= 0; n--) {
      const node = nodes[n];
      inside[node] = 1;
      made.addNode(String(node), { x: graph.x[node], y: graph.y[node], size: this.size(node), color: colourOf(graph.kinds[node], this.theme) });
    }
    const pairs: [number, number][] = [];
    for (let n = 0; n < this.backbone.length && pairs.length < MOST_LINKS; n += 2) {
      const a = this.backbone[n], b = this.backbone[n + 1];
      if (inside[a] && inside[b]) pairs.push([a, b]);
    }
    const near = ([a, b]: [number, number]) => Number(graph.home[a] === graph.home[b]);
    this.pairs = pairs.sort((p, q) => near(p) - near(q)); // what is drawn last lies on top
    this.pairs.forEach(([a, b], n) => made.addEdgeWithKey(n, String(a), String(b), this.edgeLook(a, b)));
    return made;
  }

  /** Draws the nodes in view anew; where nothing changed, only if `always`. */
  private redraw(always: boolean): void {
    const nodes = this.chooseNodes();
    if (!always && nodes.length === this.drawn.length && nodes.every((node, n) => node === this.drawn[n])) return;
    this.sigma.setGraph(this.makeGraph(nodes));
  }

  private edgeLook(a: number, b: number): { size: number; color: string } {
    const inside = this.graph.home[a] === this.graph.home[b];
    if (this.few) return { size: 1.8, color: blend(this.theme.line, this.theme.paper, 0.6) };
    const many = this.pairs.length > 4000;
    // Opaque: where lines cross, the picture stays calm (and Sigma blends as if colours were multiplied by their alpha).
    return { size: inside ? 1.2 : 1, color: blend(this.theme.line, this.theme.paper, inside ? (many ? 0.75 : 0.7) : many ? 0.16 : 0.22) };
  }

  // ------------------------------------------------------------------------------------------------ what is shown

  setVisible(visible: Uint8Array): void {
    this.visible = visible;
    this.redraw(false);
  }

  setFocus(focus: Focus | null): void {
    this.focus = focus;
    this.stage.classList.toggle("faded", focus !== null);
    this.draw();
  }

  setTheme(): void {
    this.theme = readTheme();
    this.redraw(true);
  }

  hover(node: number): void {
    this.hovered = node;
    this.stage.style.cursor = node < 0 ? "" : "pointer";
    this.draw();
  }

  // ------------------------------------------------------------------------------------------------ drawing

  /** Where a node stands, in pixels of the stage; -1 - n is the centre of the n-th community. */
  place(node: number): [number, number] {
    const { graph, affine } = this;
    const x = node < 0 ? graph.centres[(-1 - node) * 2] : graph.x[node];
    const y = node < 0 ? graph.centres[(-1 - node) * 2 + 1] : graph.y[node];
    return [affine[0] * x + affine[2] * y + affine[4], affine[1] * x + affine[3] * y + affine[5]];
  }

  radius(node: number): number {
    return this.sigma.scaleSize(this.size(node));
  }

  private size(node: number): number {
    return this.few ? Math.max(this.radii[node], CLEAR) : this.radii[node];
  }

  private frame(context: CanvasRenderingContext2D, width: number, height: number): Frame {
    const origin = this.sigma.graphToViewport({ x: 0, y: 0 });
    const right = this.sigma.graphToViewport({ x: GRID, y: 0 }), up = this.sigma.graphToViewport({ x: 0, y: GRID });
    this.affine = [(right.x - origin.x) / GRID, (right.y - origin.y) / GRID, (up.x - origin.x) / GRID, (up.y - origin.y) / GRID, origin.x, origin.y];
    const scale = Math.hypot(this.affine[0], this.affine[1]);
    return { context, width, height, scale, theme: this.theme, x: (n) => this.place(n)[0], y: (n) => this.place(n)[1], radius: (n) => this.radius(n) };
  }

  draw(): void {
    const { width, height } = this.sigma.getDimensions();
    const density = Math.min(window.devicePixelRatio || 1, 2);
    const [below, above] = [this.underlay, this.overlay].map((canvas) => {
      if (canvas.width !== Math.round(width * density) || canvas.height !== Math.round(height * density)) {
        canvas.width = Math.round(width * density);
        canvas.height = Math.round(height * density);
      }
      const context = canvas.getContext("2d")!;
      context.setTransform(density, 0, 0, density, 0, 0);
      context.clearRect(0, 0, width, height);
      return context;
    });
    const frame = this.frame(above, width, height);
    paintRegions(below, this);
    paintAbove(frame, this);
  }

  // ------------------------------------------------------------------------------------------------ clicks

  /** The node of the focus that lies at a place: it may be one that Sigma has not drawn. */
  private focusAt(x: number, y: number): number {
    for (const node of this.focus?.nodes ?? []) {
      const [u, v] = this.place(node);
      if (Math.hypot(u - x, v - y) <= Math.max(this.radius(node), 4) + 2) return node;
    }
    return -1;
  }

  private hoverFocus(x: number, y: number): void {
    if (!this.focus) return;
    const node = this.focusAt(x, y);
    if (node >= 0 && node !== this.hovered) this.hover(node);
    else if (node < 0 && this.hovered >= 0 && this.focus.nodes.includes(this.hovered)) this.hover(-1);
  }

  /** A click beside the nodes may mean a link: that of the focus, else one of those drawn. */
  private clickStage(x: number, y: number): void {
    const node = this.focusAt(x, y);
    if (node >= 0) return this.events.node(node);
    const pairs = this.focus ? [...(this.focus.path ?? []), ...this.focus.pairs] : this.pairs;
    let best: [number, number] | null = null, least = 6;
    for (const [a, b] of pairs) {
      if (!this.visible[a] || !this.visible[b]) continue;
      const far = distance(x, y, ...this.place(a), ...this.place(b));
      if (far < least) [best, least] = [[a, b], far];
    }
    if (best && (this.focus || least < 3)) this.events.pair(...best);
    else this.events.nothing();
  }

  isVisible(node: number): boolean {
    return this.visible[node] === 1;
  }

  /** Pixels a step of the layout's grid. */
  gridScale(): number {
    return Math.hypot(this.affine[0], this.affine[1]);
  }

  /** Where the labels of the weightiest nodes fit. */
  placedLabels(nodes: number[]): Placed[] {
    const { width, height } = this.sigma.getDimensions();
    const context = document.createElement("canvas").getContext("2d")!;
    return this.labels.place(this.frame(context, width, height), nodes, Math.round((width * height) / 9000));
  }

  /** The visible pairs that are drawn now. */
  drawnPairs(): [number, number][] {
    return this.pairs.filter(([a, b]) => this.visible[a] && this.visible[b]);
  }
}

function distance(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay];
  const share = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - ax - share * dx, y - ay - share * dy);
}
