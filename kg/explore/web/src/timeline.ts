/** A histogram of the documents' dates, with two handles, a span that can be dragged, and a button that plays it. */

import type { App } from "./app";
import { announce, calm, h } from "./dom";
import { DAY, isoDay } from "./graph";

const WIDTH = 1000, HEIGHT = 44;
const SPANS = [1, 7, 14, 30.44, 91.3, 365.25];

export class Timeline {
  readonly element = h("section", { class: "timeline", "aria-label": "Time" });
  private bars = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  private track = h("div", { class: "track" });
  private span = h("div", { class: "span" });
  private handles: [HTMLElement, HTMLElement];
  private label = h("p", { class: "when" });
  private play: HTMLButtonElement;
  private first = 0;
  private last = 0;
  private bin = 7;
  private timer = 0;
  private counts: number[] = [];

  constructor(private app: App) {
    const days = app.graph.documents.map((d) => d.day).filter((day) => !Number.isNaN(day));
    this.handles = [this.handle("from"), this.handle("to")];
    this.play = h("button", { type: "button", class: "icon play", "aria-label": "Play the timeline", onclick: () => this.toggle() }, "▶");
    this.element.hidden = new Set(days).size < 2;
    if (this.element.hidden) return;
    this.bin = SPANS.find((span) => (Math.max(...days) - Math.min(...days)) / span <= 120) ?? 365.25;
    this.first = Math.min(...days);
    this.counts = new Array(Math.floor((Math.max(...days) - this.first) / this.bin) + 1).fill(0);
    this.last = Math.ceil(this.first + this.counts.length * this.bin) - 1;
    this.count();
    this.drawBars();
    this.track.append(this.bars, this.span, ...this.handles);
    this.element.append(this.play, h("div", { class: "time" }, this.track, this.ticks()), this.label);
    this.track.addEventListener("pointerdown", (event) => this.drag(event));
    app.listen((changed) => (changed.has("from") || changed.has("to")) && this.update());
    this.update();
  }

  private handle(name: "from" | "to"): HTMLElement {
    return h("div", { class: `handle ${name}`, role: "slider", tabindex: "0", "aria-label": name === "from" ? "From" : "To", onkeydown: (event: KeyboardEvent) => this.key(event, name) });
  }

  /** Entities by the time they are first seen: what a bar shows is how much came up. */
  private count(): void {
    const { graph } = this.app;
    for (const node of graph.order) {
      const day = graph.days(node)[0];
      if (day !== undefined) this.counts[Math.floor((day - this.first) / this.bin)]++;
    }
  }

  private drawBars(): void {
    const most = Math.max(1, ...this.counts), width = WIDTH / this.counts.length;
    this.bars.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
    this.bars.setAttribute("preserveAspectRatio", "none");
    this.bars.setAttribute("aria-hidden", "true");
    this.counts.forEach((count, n) => {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      const height = count ? Math.max(2, Math.sqrt(count / most) * HEIGHT) : 0;
      for (const [name, value] of Object.entries({ x: n * width + width * 0.08, y: HEIGHT - height, width: width * 0.84, height })) bar.setAttribute(name, String(value));
      this.bars.append(bar);
    });
  }

  /** Where years begin, or months where the documents are of little more than one year. */
  private ticks(): HTMLElement {
    const span = this.last - this.first + 1, monthly = span < 500;
    const start = new Date(this.first * DAY);
    const dates = Array.from({ length: Math.ceil(span / (monthly ? 28 : 365)) + 1 }, (_, n) =>
      monthly ? Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + n) : Date.UTC(start.getUTCFullYear() + n, 0));
    const step = Math.ceil(dates.length / 12);
    const word = (date: Date) => (monthly && date.getUTCMonth() ? date.toLocaleString("en", { month: "short", timeZone: "UTC" }) : String(date.getUTCFullYear()));
    const marks = dates.map((time) => ({ share: (time / DAY - this.first) / span, text: word(new Date(time)) })).filter((mark, n) => n % step === 0 && mark.share < 0.97);
    marks[0].share = Math.max(0, marks[0].share); // the year or month in which the documents begin
    return h("div", { class: "ticks", "aria-hidden": "true" }, marks.filter((_, n) => n || !(marks[1]?.share < 0.06)).map(({ share, text }) => {
      const tick = h("span", null, text);
      tick.style.left = `${share * 100}%`;
      return tick;
    }));
  }

  private get range(): [number, number] {
    const { from, to } = this.app.state;
    return [Math.max(this.first, from ?? this.first), Math.min(this.last, to ?? this.last)];
  }

  private set(from: number, to: number): void {
    from = Math.round(Math.max(this.first, Math.min(from, this.last)));
    to = Math.round(Math.max(from, Math.min(to, this.last)));
    this.app.set({ from: from <= this.first ? null : from, to: to >= this.last ? null : to });
  }

  private update(): void {
    const [from, to] = this.range;
    const share = (day: number) => ((day - this.first) / (this.last - this.first + 1)) * 100;
    this.span.style.left = `${share(from)}%`;
    this.span.style.width = `${share(to + 1) - share(from)}%`;
    this.handles.forEach((handle, n) => {
      const day = n ? to : from;
      handle.style.left = `${share(n ? to + 1 : from)}%`;
      for (const [name, value] of Object.entries({ valuemin: n ? from : this.first, valuemax: n ? this.last : to, valuenow: day, valuetext: isoDay(day) })) handle.setAttribute(`aria-${name}`, String(value));
    });
    const bars = [...this.bars.children];
    bars.forEach((bar, n) => bar.classList.toggle("out", this.first + (n + 1) * this.bin <= from || this.first + n * this.bin > to));
    this.label.textContent = `${isoDay(from)} – ${isoDay(to)}`;
  }

  private key(event: KeyboardEvent, name: "from" | "to"): void {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -8, PageUp: 8, Home: -1e9, End: 1e9 };
    if (!(event.key in steps)) return;
    event.preventDefault();
    event.stopPropagation();
    const [from, to] = this.range;
    const by = steps[event.key] * Math.max(1, this.bin);
    if (name === "from") this.set(Math.min(from + by, to), to);
    else this.set(from, Math.max(to + by, from));
  }

  private drag(event: PointerEvent): void {
    event.preventDefault();
    this.stop();
    const box = this.track.getBoundingClientRect();
    const day = (x: number) => this.first + ((x - box.left) / box.width) * (this.last - this.first + 1);
    const [from, to] = this.range;
    const at = day(event.clientX);
    const near = ((this.last - this.first + 1) * 12) / box.width;
    const whole = from <= this.first && to >= this.last;
    const mode = Math.abs(at - from) < near ? "from" : Math.abs(at - to - 1) < near ? "to" : !whole && at > from && at < to ? "both" : "new";
    this.track.setPointerCapture(event.pointerId);
    let waiting = 0;
    const move = (next: PointerEvent) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const now = day(next.clientX);
        if (mode === "from") this.set(Math.min(now, to), to);
        else if (mode === "to") this.set(from, Math.max(now, from));
        else if (mode === "new") this.set(Math.min(at, now), Math.max(at, now));
        else {
          const shift = Math.max(this.first - from, Math.min(now - at, this.last - to));
          this.set(from + shift, to + shift);
        }
      });
    };
    const end = () => {
      this.track.removeEventListener("pointermove", move);
      const [f, t] = this.range;
      announce(`${isoDay(f)} to ${isoDay(t)}`);
    };
    this.track.addEventListener("pointermove", move);
    this.track.addEventListener("pointerup", end, { once: true });
    this.track.addEventListener("pointercancel", end, { once: true });
  }

  /** Plays: the history grows from its beginning, or a chosen span moves to its end. */
  private toggle(): void {
    if (this.timer) return this.stop();
    let [from, to] = this.range;
    const grows = from <= this.first;
    if (to >= this.last) [from, to] = grows ? [this.first, this.first + this.bin] : [this.first, this.first + (to - from)];
    const step = Math.max(this.bin, (this.last - this.first) / 60);
    this.set(from, to);
    this.play.textContent = "❚❚";
    this.play.setAttribute("aria-label", "Pause the timeline");
    this.timer = window.setInterval(() => {
      to = Math.min(this.last, to + step);
      if (!grows) from = Math.min(this.last, from + step);
      this.set(from, to);
      if (to >= this.last) this.stop();
    }, calm() ? 900 : 260);
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = "▶";
    this.play.setAttribute("aria-label", "Play the timeline");
  }
}
