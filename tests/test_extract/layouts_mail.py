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
}
