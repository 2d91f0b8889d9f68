/** Makes elements. Text is always a text node: nothing that a document says can become markup. */

import { dropMarks, readMarks, type Piece } from "./markdown";

type Child = Node | string | number | null | undefined | false;
type Props = Record<string, unknown>;

export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props?: Props | null, ...children: (Child | Child[])[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value as EventListener);
    else if (key === "class") element.className = String(value);
    else if (key === "value") (element as HTMLInputElement).value = String(value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

export function append(element: Element, children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

export function replace(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren();
  append(element, children);
}

/** A name from a document, without marks of Markdown, in its own direction whatever marks of direction are in it, and not without end. */
export function quoted(text: string, most = 2000): HTMLElement {
  return isolated(tidy(text, most));
}

/** A text to the letter, in its own direction. */
export function isolated(text: string): HTMLElement {
  return h("bdi", null, text);
}

/** The words of a name in one line of plain text. */
export function tidy(text: string, most: number): string {
  return shorten(dropMarks(text.slice(0, most * 4)), most);
}

/** A sentence in the words of its document, its marks of Markdown as style: bold, italics, code, links. */
export function sentence(text: string, most = 2000): HTMLElement {
  return h("bdi", null, readMarks(shorten(text, most)).map(styled));
}

function styled({ style, text, inside, target }: Piece): Node {
  const within: Child[] = inside.length ? inside.map(styled) : [text];
  if (style === "") return document.createTextNode(text);
  return style === "link" ? (outside(target, within) ?? h("span", null, within)) : h(style, null, within);
}

export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** A text for a canvas, which has no <bdi>: without marks of direction and other invisible characters. */
export function plain(text: string, most = 48): string {
  return shorten(dropMarks(text.slice(0, most * 4)).replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+/g, " ").trim(), most);
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** A link to another site, of a kind that cannot run anything; null for anything else. */
export function outside(url: string, text: Child | Child[]): HTMLElement | null {
  if (!/^https?:\/\/[^\s"<>]+$/i.test(url)) return null;
  return h("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, text);
}

let announcer: HTMLElement | null = null;

/** Has a screen reader say something. */
export function announce(text: string): void {
  announcer ??= document.body.appendChild(h("div", { class: "unseen", role: "status", "aria-live": "polite" }));
  announcer.textContent = text;
}

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
