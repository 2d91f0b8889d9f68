"""A letter as a mail program saves it: its head, headings between rules, titles in quotation marks over their houses, numbers
that a list of addresses at the end explains. See ``layouts``."""

from __future__ import annotations

MAIL = """\
From: The Boathouse <post@boathouse.example>
To: undisclosed-recipients:;
Subject: The Boathouse #12: knots that hold, a dry keel, and why I no longer
count the gulls
Date: Fri, 5 Mar 2027 07:00:00 +0000

THE BOATHOUSE
a letter about sails, for people who mend them
no. 12, 5 March 2027

Good morning from the quay. This letter has two papers that I read with
care, two that I read in passing, and a list of what I expect of spring.

-----------------------------------------------------------------------
1. KNOTS THAT HOLD
-----------------------------------------------------------------------

"Tied or Torn? Measuring the Strength of Wet Ropes"
University of Oxford and Cohere [1]

Ropes are sold as if the rain did not exist. The authors pull 40 of them
through a tank and count the fibers that stay behind in the water when
the rope has gone.

It does not hold. After 900 pulls the best rope keeps 71% of its strength
and the others keep less than half of it, whatever their makers say.

-----------------------------------------------------------------------
2. A KEEL THAT STAYS DRY
-----------------------------------------------------------------------

"KeelCoat: Paint That Refuses Water" (EPFL, Mila) [2]

KeelCoat is a paint of two layers, the second of which is sold by nobody
yet. It keeps 34 boats dry for three months and costs less than a rope.

-----------------------------------------------------------------------
IN PASSING
-----------------------------------------------------------------------

* TarGuess (KAIST) [3]. Predicts when a seam of tar will open and says so
a day before. Seams open in 5% of the cases, not in 16%.

* "Oars Agree About Nothing" (University of Oslo) [4].
Rows 24 boats with nothing changed but the crew. Only 29% of the strokes
are the same.

-----------------------------------------------------------------------
THE QUAY
-----------------------------------------------------------------------

I no longer count the gulls, and I feel fine about it. A gull is a number
without a unit, and two gulls are a quarrel. Ropes are another matter.

Two guesses for the record:

 - before the end of June 2027 a second harbor tests its ropes in rain;
 - within 90 days one of the paint makers sells KeelCoat, or something like it;
 - by 30 September 2027 somebody rows with a rope older than a year.

Stay dry,
Ida Holm

-----------------------------------------------------------------------
[1] https://arxiv.org/abs/2703.17001
[2] https://arxiv.org/abs/2703.17002
[3] https://arxiv.org/abs/2703.17003
[4] https://arxiv.org/abs/2703.17004
-----------------------------------------------------------------------
You get this because you asked for it. To leave, reply with the word
"ebb".
"""

#: The same without quotation marks; bylines and houses bear the numbers, which stand behind names too.
NUMBERS = """\
From: Salt & Tar <hello@salttar.example>
To: readers
Date: Mon, 8 Mar 2027 08:00 +0100
Subject: Salt & Tar 31

SALT & TAR 31
8 March 2027

Hello. Three papers this week and a rant about masts, which you may skip if
the sea is calm where you are and the boat does what it is told.

===========================================================
THE LONG ONES
===========================================================

Rope Budgets: How Much Hemp Is Enough for a Small Boat?
Ana Ruiz, Li Wei (EPFL) [1]

Ropes are cut to length by habit. RopeCut learns the length from nine storms
and saves 31% of the hemp at equal strength. On HarborBench it scores 71.2,
against 66.9 for SailNet, and the gap grows with the wind.

The weak point is rain. In rain, RopeCut falls to 58.4.

Deep Keels Without Lead
KAIST and Mila [2]

A keel of sand is as heavy as one of lead if it is twice as long. The paper
shows this for 12 boats; none of them sank. It contradicts Lead or Nothing
(issue 28), which held that sand moves too much.

===========================================================
THE SHORT ONES
===========================================================

- TarGuess [3] (University of Oslo): predicts when a seam opens. 5% of seams
  open, not 16%.
- Oars Agree About Nothing [4], by Cohere. 24 boats, one crew.
- "The Gull Problem" [5]. A benchmark of 1,100 gulls. The best model finds
  54.1% of them.

===========================================================
BETS
===========================================================

1. A rope maker uses RopeCut by the end of 2027 (60%).
2. Before October 2027, somebody sinks a keel of sand (30%).

References
[1]: https://arxiv.org/abs/2703.20001
[2]: https://arxiv.org/abs/2703.20002
[3]: https://arxiv.org/abs/2703.20003
[4]: https://arxiv.org/abs/2703.20004
[5]: https://arxiv.org/abs/2703.20005
"""

#: Headings with a rule below, letters for bullets, addresses without their beginning.
LETTERS = """\
From: "Ida Holm" <ida@rope.example>
Subject: Rope & Reason, letter 44
Date: Thu, 11 Mar 2027 07:30:00 +0100

Rope & Reason
=============

Letter 44, 11 March 2027

Friends, the harbor was closed for nine days, so this letter is a long one. It
has two papers that I would defend in public and three that I only skimmed.

Read closely
------------

"Sails That Forget: Unlearning in Hemp" [1]
by Ana Ruiz and Li Wei, University of Oslo and EPFL

Old sails keep the shape of old winds. The authors unlearn it with HempWash, a
wash in two passes. On SailBench, HempWash recovers 71.2% of a new sail's speed,
ironing only 49.0%.

What I do not believe is Figure 3.

"RopeQA: Asking Knots What They Hold" [2]
KAIST

A benchmark of 1,150 knots with nine questions each. GPT-5 answers 61.4% of
them, Qwen3-32B 48.9%, and a sailor 93%. It extends KnotQA (letter 31) to wet
ropes.

Skimmed
-------

 o  DeckDiff [3]: a diffusion model for decks, from Mila. 2.4x faster than
    DeckGAN at equal gloss.
 o  Tides Are Tokens [4] (Cohere): predicts the tide as if it were text. Fails
    at the new moon.

What I expect
-------------

By June 2027, a second lab washes sails. I am 70% sure.
Within six months a model passes 80% on RopeQA. 40%.

Ida

[1] arxiv.org/abs/2703.21001
[2] arxiv.org/abs/2703.21002
[3] arxiv.org/abs/2703.21003
[4] arxiv.org/abs/2703.21004

--
Sent to you because you like ropes.
"""

LAYOUTS: dict[str, tuple[str, str]] = {
    "mail.txt": (
        MAIL,
        """
        Tied or Torn? Measuring the Strength of Wet Ropes | = | 2703.17001 | Cohere, University of Oxford
        KeelCoat | KeelCoat: Paint That Refuses Water | 2703.17002 | EPFL, Mila
        TarGuess | | 2703.17003 | KAIST
        Oars Agree About Nothing | = | 2703.17004 | University of Oslo
        """,
    ),
    "numbers.txt": (
        NUMBERS,
        """
        Rope Budgets | Rope Budgets: How Much Hemp Is Enough for a Small Boat? | 2703.20001 | EPFL
        Deep Keels Without Lead | = | 2703.20002 | KAIST, Mila
        TarGuess | | 2703.20003 | University of Oslo
        Oars Agree About Nothing | | 2703.20004 | Cohere
        The Gull Problem | = | 2703.20005 |
        + Lead or Nothing | = | |
        """,
    ),
    "letters.txt": (
        LETTERS,
        """
        Sails That Forget | Sails That Forget: Unlearning in Hemp | 2703.21001 | EPFL, University of Oslo
        RopeQA | RopeQA: Asking Knots What They Hold | 2703.21002 | KAIST
        DeckDiff | | 2703.21003 | Mila
        Tides Are Tokens | | 2703.21004 | Cohere
        + KnotQA | | |
        """,
    ),
}
