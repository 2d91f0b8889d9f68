/** Measured values as text: with their scale and unit. */

import type { Tables } from "./tables";

const SCALES: [number, string][] = [[1e3, "thousand"], [1e6, "million"], [1e9, "billion"], [1e12, "trillion"]];
/** Units that stand close to the number, or not at all. */
const CLOSE: Record<string, string> = { percent: "%", ratio: "×", count: "" };

/** The value of a result as its document writes it; a scale ("billion") that stands beside the number is added to it. */
export function amount(tables: Tables, row: number): string {
  const [written, value, upper, unit] = ["kg:valueText", "kg:value", "kg:upperValue", "kg:unit"].map((name) => tables.text(row, name));
  let text = written || value;
  const several = /\d[^\d.,]+\d/.test(written); // a range or a list ("7B, 13B and 70B") names its own end
  const last = Number(/[\d.,]*$/.exec(written)![0].replace(/,/g, "")), whole = Math.abs(Number(several && upper ? upper : value));
  const scale = last ? SCALES.find(([factor]) => Math.abs(last * factor - whole) <= 1e-9 * whole) : undefined;
  if (upper && !several && !written.includes(upper)) text += `–${upper}`;
  if (scale) text += ` ${scale[1]}`;
  if (!unit || !/\d$|lion$|thousand$/.test(text) || /[%×$]/.test(text)) return text;
  if (unit === "usd") return `$${text}`;
  return unit in CLOSE ? text + CLOSE[unit] : `${text} ${unit.replace(/^out_of_/, "of ").replaceAll("_", " ")}`;
}
