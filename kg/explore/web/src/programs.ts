/** How nodes and links are drawn: as Sigma does it, with plain vertices in place of instances.
 *
 * Without a graphics card each instance costs its own draw: with vertices the same picture comes many times faster, and a
 * graphics card does not mind.
 */

import { EdgeRectangleProgram, NodeCircleProgram, type InstancedProgramDefinition } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";

/** The definition of a program whose constant attributes stand in every vertex: what Sigma then takes for a plain one. */
function spellOut<T extends InstancedProgramDefinition | object>(definition: T): T {
  const { CONSTANT_ATTRIBUTES: constant, CONSTANT_DATA: _, ...rest } = definition as InstancedProgramDefinition;
  return { ...rest, ATTRIBUTES: [...rest.ATTRIBUTES, ...constant] } as T;
}

/** Repeats the `size` numbers at `start` for every vertex, each with its constants behind them. */
function repeat(array: Float32Array, start: number, size: number, constants: number[][]): void {
  const step = size + constants[0].length;
  constants.forEach((own, n) => {
    const at = start + n * step;
    if (n) array.copyWithin(at, start, start + size);
    array.set(own, at + size);
  });
}

export class Discs extends NodeCircleProgram {
  declare private constants: number[][];

  getDefinition() {
    const definition = super.getDefinition();
    this.constants = definition.CONSTANT_DATA;
    return spellOut(definition);
  }

  processVisibleItem(index: number, start: number, data: NodeDisplayData): void {
    super.processVisibleItem(index, start, data);
    repeat(this.array, start, 5, this.constants);
  }
}

export class Lines extends EdgeRectangleProgram {
  declare private constants: number[][];

  getDefinition() {
    const definition = super.getDefinition();
    this.constants = definition.CONSTANT_DATA;
    return spellOut(definition);
  }

  processVisibleItem(index: number, start: number, source: NodeDisplayData, target: NodeDisplayData, data: EdgeDisplayData): void {
    super.processVisibleItem(index, start, source, target, data);
    repeat(this.array, start, 8, this.constants);
  }
}
