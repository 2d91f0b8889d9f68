/** Measured values as text: with their scale and unit. */

import type { Tables } from "./tables";

const SCALES: [number, string][] = [[1e3, "thousand"], [1e6, "million"], [1e9, "billion"], [1e12, "trillion"]];
/** Units that stand close to the number, or not at all. */
const CLOSE: Record<string, string> = { percent: "%", ratio: "×", count: "" };

/** The value of a result as its document writes it; a scale ("billion") that stands beside the number is added to it. */
export function amount(tables: Tables, row: number): string {
  const [written, value, upper, unit] = ["kg:valueText", "kg:value", "kg:upperValue", "kg:unit"].map((name) => tables.text(row, name));
  let text = written || value;
  const number = Number(written.replace(/,/g, ""));
  const scale = number ? SCALES.find(([factor]) => Math.abs(number * factor - Number(value)) <= 1e-9 * Math.abs(Number(value))) : undefined;
  if (upper && !written.includes(upper) && !/\d.*[-–~].*\d/.test(written)) text += `–${upper}`;
  if (scale) text += ` ${scale[1]}`;
  if (!unit || !/\d$|lion$|thousand$/.test(text) || /[%×$]/.test(text)) return text;
  if (unit === "usd") return `$${text}`;
  return unit in CLOSE ? text + CLOSE[unit] : `${text} ${unit.replace(/^out_of_/, "of ").replaceAll("_", " ")}`;
}
