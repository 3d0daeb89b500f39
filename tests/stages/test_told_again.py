"""One person told of several times counts once, and what is done for the hurt counts them without making an event.

The mark-up is explained in ``tests/marked.py``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from marked import Marked, cases, complaints

from pipeline.records import Record

GROUPS: dict[str, dict[str, str]] = {
    "same_person": {
        "pronoun": "Police are investigating the shooting death of [a teenage boy | killed 1]. Ravi Das was taken to a "
        "clinic, where [he | killed 1 uncounted] later died. => killed 1",
        "lead": "[A man | killed 1] has died after a shooting in Dover. Officers said the victim was flown to town, "
        "where [he | killed 1 uncounted] later died. => killed 1",
        "age": "[A 14-year-old boy | killed 1] was killed by a stray bullet on Monday. Neighbours mourned on Tuesday. "
        "[A 14-year-old boy | killed 1 uncounted] was killed while he slept, the sheriff said. => killed 1",
        "name": "[Omar Rahmani | killed 1] was shot dead at home. [Rahmani | killed 1 uncounted] later died in "
        "hospital, according to one report. => killed 1",
        "died_of_it": "[A 20-year-old woman | injured 1 uncounted] was wounded in a shooting on Friday. She was taken "
        "to hospital, where [she | killed 1] died on Sunday. => killed 1",
    },
    "another_person": {
        "ages": "[A 21-year-old man | killed 1] was killed in the attack on a bar. [A 34-year-old man | killed 1] was "
        "killed as well. => killed 2",
        "names": "[Luis Vega | killed 1] was killed in a shooting. [Ana Mora | killed 1], 30, later died. => killed 2",
        "kin": "[A farmer | killed 1] was shot dead. [His wife | injured 1] was wounded. => killed 1, injured 1",
        "second": "[One man | killed 1] was killed in the blast. [A second man | killed 1] later died. => killed 2",
        "wounded": "[One | killed 1] person was killed and [four | injured 4] were hurt in a blast. [One | killed 1] "
        "of the wounded later died. => killed 2, injured 3",
    },
    "restated": {
        "others": "[One | killed 1] person was killed and [five | injured 5] others were hurt in a shooting. [Five | "
        "injured 5 uncounted] others suffered wounds, police said. => killed 1, injured 5",
        "spelt_out": "[Four | injured 4] men were wounded in the attack. [Two | injured 2 uncounted] were critically "
        "wounded. [Two | injured 2 uncounted] others were slightly wounded. => injured 4",
        "own_total": "[A girl | injured 1] and [two | injured 2] others were wounded in the shelling of Homs. => "
        "injured 3",
        "none_of_the_injuries": "Gunmen wounded [three | injured 3] people in a market. [None | no figure] of "
        "the injuries was serious. => injured 3",
    },
    "care": {
        "condition": "Gunmen opened fire on a bus. [The driver | injured 1] is in critical condition. => injured 1",
        "hospital": "Gunmen opened fire on a crowd. [Three | injured 3] men were rushed to a hospital. => injured 3",
        "left": "The shooting left [a 16-year-old boy | injured 1] in serious condition. => injured 1",
        "wounds": "After the shooting police found [two | injured 2] men with gunshot wounds. => injured 2",
        "all_died": "Gunmen shot [three | killed 3] men dead. The [three | injured 3 uncounted] victims were taken to "
        "a hospital morgue. => killed 3",
        "ill": "[The singer | no figure] was taken to hospital with a fever on Monday. => no event",
        "stable": "[The minister | no figure] is in stable condition after surgery, doctors said. => no violence",
    },
    "ages": {
        "list": "[Three | injured 3] men, [25 | no figure], [26 | no figure] and [33 | no figure], were wounded in the "
        "shooting. => injured 3",
        "names": "[Ana Ruiz | killed 1], [21 | no figure]; [Ivo Berg | killed 1], [39 | no figure]; and [Mia Holt | "
        "killed 1], [10 | no figure]; were killed by a gunman. => killed 3",
        "noun": "Rebels killed [a driver | killed 1], [30 | no figure], at a roadblock. => killed 1",
        "alone": "The family mourned on Sunday after [a 16-year old | killed 1] was shot dead. => killed 1",
    },
    "grammar": {
        "who_police_say": "Mourners buried [a boy | killed 1] who police say was killed by gunmen. => killed 1",
        "himself": "A guard shot dead [three | killed 3] colleagues before [turning | attack] the gun on himself. => "
        "killed 4",
        "aimed_at": "[Three | no figure] gunmen shot at the car of a judge. [His driver | injured 1] was wounded. => "
        "injured 1",
        "size": "Of the estimated [500 | no figure] fighters, upwards of [300 | killed 300/300/-] were killed. => "
        "killed 300/300/-",
        "himself_and": "A suicide bomber killed [himself | killed 1 perpetrators] and [four | killed 4] guards in Gao. "
        "=> killed 5",
        "third": "[Two | killed 2] people were killed in a blast in Homs. [A third | killed 1] died later in hospital. "
        "=> killed 3",
        "fatally": "Gunmen shot [four | injured 4] men, [one | killed 1] of them fatally. => killed 1, injured 3",
        "according_to": "According to [doctors | no figure], [nine | killed 9] people were killed in a raid. => "
        "killed 9",
        "no_sides": "[Clashes | armed_clash] between [the army | source target] and [rebels | source target] killed "
        "[five people | target] near Goma. => killed 5",
        "upwards": "[The attack | no role] killed upwards of 15 people in Gao. => killed 15/15/-",
        "body_part": "Gunmen opened fire. A soldier had a wound to [the head | no figure] and died at the scene.",
    },
}

GROUPS["status"] = {
    "untrue": "Reports that gunmen [attacked | attack negated] a bus are false.",
    "in_case": "In case rebels [attack | attack hypothetical] the town, the bridge will be closed.",
    "will_not": "The rebels will [not accept | reject hypothetical] the deal.",
    "shares": "Shares [crashed | none] in Tokyo. => no event",
    "rate": "The city had 12 [killings | none] per 100,000 people. => no violence",
}

KNOWN_WRONG: dict[str, list[str]] = {}


@pytest.mark.parametrize("case", cases(GROUPS, KNOWN_WRONG))
def test_told_again(case: Marked, read: Callable[[str], Record]) -> None:
    assert not complaints(case, read(case.text))
