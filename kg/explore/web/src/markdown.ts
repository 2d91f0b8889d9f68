/** Marks of Markdown in sentences and names, which are kept as their document writes them: style, or left out. See kg/markdown.py. */

export interface Piece {
  style: "" | "strong" | "em" | "code" | "del" | "link";
  text: string;
  inside: Piece[];
  target: string;
}

const MARK = /`([^`]{1,300})`|!?\[([^[\]]{1,300})\]\(((?=https?:|mailto:|www\.|[.\/#])(?:[^\s()]|\([^\s()]{0,100}\)){1,500})(?:\s"[^"]{0,200}")?\)|<(https?:\/\/[^\s<>]{1,500})>|(?<![A-Za-z0-9])\*{2,3}(?!\s)([^*]{1,300})\*{2,3}|(?<![A-Za-z0-9*@\/])\*(?![\s*])([^*]{1,300})(?<!\s)\*(?![A-Za-z0-9*])|(?<![A-Za-z0-9_\/])_(?![\s_])([^_]{1,300})(?<!\s)_(?![A-Za-z0-9_\/])|~~([^~]{1,300})~~/g;
const STRAY = /(?<![A-Za-z0-9*])\*{2,3}(?![\s*])|(?<![\s*])\*{2,3}(?![A-Za-z0-9*])|`/g;
const LEAD = /^\s{0,3}(?:#{1,6}|>|[-*+])\s{1,4}(?=\S)/;
const ANY = /[`*_~<\[]|^\s{0,3}[#>+-]/;
const STYLES: Piece["style"][] = ["code", "link", "", "link", "strong", "em", "em", "del"];
const DEEPEST = 3;

/** The pieces of a line of Markdown, in order. */
export function readMarks(text: string): Piece[] {
  return read(text.replace(LEAD, ""), 1);
}

/** The words of a line of Markdown alone. */
export function dropMarks(text: string): string {
  if (!ANY.test(text)) return text;
  return readMarks(text).map((piece) => piece.text).join("") || text;
}

function read(text: string, depth: number): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    pieces.push(...plain(text.slice(end, match.index)), piece(match, depth));
    end = match.index + match[0].length;
  }
  return [...pieces, ...plain(text.slice(end))];
}

function piece(match: RegExpMatchArray, depth: number): Piece {
  const group = match.findIndex((found, n) => n > 0 && found !== undefined);
  const style = STYLES[group - 1], text = match[group], target = match[3] ?? match[4] ?? "";
  if (style === "code" || depth >= DEEPEST) return { style, text, inside: [], target };
  const inside = match[4] === undefined ? read(text, depth + 1) : plain(text);
  return { style, text: inside.map((part) => part.text).join(""), inside, target };
}

function plain(text: string): Piece[] {
  const words = text.replace(STRAY, "");
  return words ? [{ style: "", text: words, inside: [], target: "" }] : [];
}
