"""A blog's index whose paragraphs go on about the paper named last, or only speak of another. See ``layouts``."""

from __future__ import annotations

PROSE = """\
Harbor Notes

Sails, Keels, Slow Weather

One of the best papers sounds like a complaint: Nobody Mends the Mast: Neglect in Long Voyages of Small Boats. Everyone knows.

Their remedy is to paint it. It lasts 9.7 years. Lost at the Mast (Lind et al., 2023) saw the damage.

The NeurIPS 2025 spotlight Wet Ropes Are Long Ropes went almost unnoticed. Researchers from KAIST and Mila grow 31.

Sink or Swim (2026, EPFL & Cohere) prices both. The boat that sinks costs 35.1% more than the one that swims.

KeelNet (KeelNet: Deep Keels via Lightweight Ballast, 2024, KAIST) sinks a keel by half a meter. It holds in shallow water.

Fine-tuned on rain, the large keel also held in deep water, ahead of keels with 40 times its weight.

Masts are read aloud. The paper (MastLM: Masts as Spoken Words, 2024, KAIST & Cohere, ICLR 2025) reads nine of them.

Ropes That Count, from Mila (ICLR 2026), pulls ropes. The authors hold it against TarLine and OldKnot. OldKnot breaks first.

Tar Census (2026, University of Oxford & Mila, OSDI 2026 best paper) counted: two months of tar, nine harbors.
"""

NOTES = """\
# The Slow Dock

## Tar

### TarNet: Tar as a Constraint

[Paper](https://arxiv.org/abs/2703.19001) · EPFL

**TarNet** treats tar as a constraint. It contradicts Sink or Float (see no. 57), which held that tar costs speed. The closest
relative is Slow Decks from Mila (ICLR 2025), which scrubs.

### KeelCoat: Paint That Refuses Water

[Paper](https://arxiv.org/abs/2703.19002) · Mila

KeelCoat is a paint of two layers. Grip rises from 48.3 to 55.9 with [OarLM](https://arxiv.org/abs/2503.19003) below it.

## Elsewhere

- **Release:** Ai2 has put out two sizes of [BoatLM](https://boats.example/lm), both dry.
- **Opinion:** Ida Holm argues on [her page](https://boats.example) that boats should sink in public.
- **Follow-up:** the plans of **RopeScribe** ([issue 34](https://boats.example/34)) are out.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "harbor.txt": (
        PROSE,
        """
        Nobody Mends the Mast | Nobody Mends the Mast: Neglect in Long Voyages of Small Boats | |
        Wet Ropes Are Long Ropes | = | | KAIST, Mila
        Sink or Swim | = | | Cohere, EPFL
        KeelNet | KeelNet: Deep Keels via Lightweight Ballast | | KAIST
        MastLM | MastLM: Masts as Spoken Words | | Cohere, KAIST
        Tar Census | | | Mila, University of Oxford
        + Lost at the Mast | = | |
        """,
    ),
    "dock.md": (
        NOTES,
        """
        TarNet | TarNet: Tar as a Constraint | 2703.19001 | EPFL
        KeelCoat | KeelCoat: Paint That Refuses Water | 2703.19002 | Mila
        + Sink or Float | = | |
        + Slow Decks | | | Mila
        + OarLM | | 2503.19003 |
        + RopeScribe | | |
        """,
    ),
}
