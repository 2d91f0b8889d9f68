/** Colours by kind, for light and dark ground: hues after Okabe & Ito (2008), which stay apart for colour-blind eyes. */

const KINDS: Record<string, [string, string]> = {
  paper: ["#2469b3", "#6cb0f5"],
  technique: ["#d9730d", "#f5a04c"],
  concept: ["#a8871a", "#dcc160"],
  problem: ["#b3263c", "#f27d8b"],
  task: ["#7a55a8", "#b999e6"],
  metric: ["#6d7580", "#a3abb6"],
  benchmark: ["#0b8a63", "#45c99b"],
  model: ["#c2559a", "#ea94cb"],
  hardware: ["#7b5a3e", "#c49b78"],
  institution: ["#2c8fa3", "#6fcadb"],
  person: ["#5b7328", "#a5c166"],
};

export interface Theme {
  dark: boolean;
  paper: string;
  ink: string;
  soft: string;
  line: string;
  accent: string;
}

const LIGHT: Theme = { dark: false, paper: "#fbfaf7", ink: "#1d2127", soft: "#646b76", line: "#5f6b7f", accent: "#b3263c" };
const DARK: Theme = { dark: true, paper: "#14171c", ink: "#eceef2", soft: "#9aa3b0", line: "#76849a", accent: "#ff8f9c" };

export function readTheme(): Theme {
  const chosen = document.documentElement.dataset.theme;
  const dark = chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  return dark ? DARK : LIGHT;
}

export function colourOf(kind: string, theme: Theme): string {
  const pair = KINDS[kind] ?? ["#6d7580", "#a3abb6"];
  return pair[theme.dark ? 1 : 0];
}

/** A colour, transparent. */
export function fade(colour: string, alpha: number): string {
  const value = parseInt(colour.slice(1), 16);
  return `rgba(${value >> 16},${(value >> 8) & 255},${value & 255},${Math.min(1, alpha).toFixed(3)})`;
}

/** A colour mixed with the ground that it stands on. */
export function blend(colour: string, ground: string, share: number): string {
  const [a, b] = [colour, ground].map((text) => parseInt(text.slice(1), 16));
  const mix = (shift: number) => Math.round(((a >> shift) & 255) * share + ((b >> shift) & 255) * (1 - share));
  return `#${((mix(16) << 16) | (mix(8) << 8) | mix(0)).toString(16).padStart(6, "0")}`;
}

export const kindOrder = [...Object.keys(KINDS)];

const PLURALS: Record<string, string> = { hardware: "hardware", person: "people" };
const WORDS: Record<string, string> = { benchmark: "benchmark" };

export function kindWord(kind: string, many = false): string {
  return many ? (PLURALS[kind] ?? `${kind}s`) : (WORDS[kind] ?? kind);
}

/** What a relation is called from its subject and from its object. */
const RELATIONS: Record<string, [string, string]> = {
  introduces: ["introduces", "introduced by"],
  uses: ["uses", "used by"],
  comparesWith: ["compares with", "compared in"],
  addresses: ["addresses", "addressed by"],
  evaluatesOn: ["evaluates on", "evaluated by"],
  measures: ["measures", "measured by"],
  affiliatedWith: ["from", "has papers"],
  author: ["by", "author of"],
  extends: ["extends", "extended by"],
  contradicts: ["contradicts", "contradicted by"],
  supports: ["supports", "supported by"],
  explains: ["explains", "explained by"],
  composesWith: ["combines with", "combined with"],
  comparesWithPaper: ["compares with paper", "compared with by"],
  resolves: ["resolves", "resolved by"],
  cites: ["cites", "cited by"],
  broader: ["is a kind of", "has kinds"],
  partOf: ["is part of", "has parts"],
  variantOf: ["is a variant of", "has variants"],
  usedFor: ["is used for", "is done with"],
  composesWithTechnique: ["combines with technique", "combined with technique"],
};

export function relationWords(relation: string, inward: boolean): string {
  return (RELATIONS[relation] ?? [relation, `${relation} (of)`])[inward ? 1 : 0];
}
