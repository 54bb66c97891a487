"""How one Thai name is written by several hands: the orthography's own regularities, one kind of variant after the other.

Written from the rules of Thai spelling (silent letters, classes of final consonants, letters of one sound), not from what our
search makes equal: some of it no rule of ours knows.
"""

import random
import re
from collections.abc import Callable

TONES = "่้๊๋"
ABOVE = "ัิีึื็"
BELOW = "ุู"

Variant = Callable[[str, random.Random], str]


def swapped(*groups: str) -> Variant:
    """One letter of a group becomes another of it."""

    def vary(name: str, chance: random.Random) -> str:
        places = [(at, group) for at, letter in enumerate(name) for group in groups if letter in group]
        if not places:
            return name
        at, group = chance.choice(places)
        return name[:at] + chance.choice([letter for letter in group if letter != name[at]]) + name[at + 1 :]

    return vary


def respelled(*pairs: tuple[str, str]) -> Variant:
    """One spelling becomes the other that is read alike; patterns."""

    def vary(name: str, chance: random.Random) -> str:
        able = [(old, new) for old, new in pairs if re.search(old, name)]
        return re.sub(*chance.choice(able), name, count=1) if able else name

    return vary


def zero_width(name: str, chance: random.Random) -> str:
    """A mark that nobody sees, as copying from a web page or a PDF leaves it."""
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice("\u200b\u200c\u200d\ufeff\u00ad\u2060") + name[at:]


def mark_order(name: str, chance: random.Random) -> str:
    """Tone before vowel instead of after it, a vowel of two signs typed as two, a mark typed twice."""
    kinds: list[tuple[str, str]] = [
        (f"([{ABOVE}{BELOW}])([{TONES}])", r"\2\1"),
        ("แ", "เเ"),
        ("ำ", "ํา"),
        (f"([{TONES}{ABOVE}{BELOW}์])", r"\1\1"),
    ]
    return respelled(*kinds)(name, chance)


def slip(name: str, chance: random.Random) -> str:
    """A slip of the hand: a letter left out, doubled, or two in the wrong order."""
    at, kind = chance.randrange(1, len(name) - 1), chance.random()
    if kind < 0.4:
        return name[:at] + name[at + 1 :]
    return name[:at] + name[at] + name[at:] if kind < 0.6 else name[:at] + name[at + 1] + name[at] + name[at + 2 :]


KINDS: dict[str, Variant] = {
    "silent letter (การันต์)": respelled(
        ("[ก-ฮ][ิุ]?์", ""), ("์", ""), ("[ทตด]ร์", ""), ("ษณ์", "ก์"), ("ิ์", "์"), ("พันธุ์", "พันธ์"), ("วงศ์", "วงษ์"), ("พงษ์", "พงศ์")
    ),
    "ศ ษ ส ซ": swapped("ศษส", "ศษส", "ซส"),
    "ณ น": swapped("ณน"),
    "one sound of two letters (ธ ท, พ ภ, ฐ ถ)": swapped("ธทฒฑ", "พภ", "ฐถ", "ฏต", "ฎด", "ฬล", "ขฃ", "คฆ"),
    "tone mark left out": respelled(*((tone, "") for tone in TONES)),
    "zero-width character": zero_width,
    "order of tone and vowel": mark_order,
    "รร, ั, ร": respelled(
        ("รรณ", "ัน"), ("รรณ", "รณ"), ("รรม", "ัม"), ("รร(?=[ก-ฮ]|$)", "ร"), ("รร$", "ัน"), ("ัน(?![์ิีุูะาธทต])", "รรณ")
    ),
    "ใ, ไ, ัย, ไย": respelled(("ใ", "ไ"), ("ไ", "ใ"), ("ไชย", "ชัย"), ("ชัย", "ไชย"), ("ำ", "ัม"), ("อำ", "อัม")),
    "silent ร (ทร, ศร, จร, สร)": respelled(
        ("ทรัพ", "ซัพ"), ("ทร(?=[งัาว])", "ซ"), ("ศร", "ส"), ("สร", "ส"), ("จร", "จ"), ("อินทร์", "อิน"), ("จันทร์", "จัน")
    ),
    "ร ล, and a cluster without its second letter": respelled(
        ("(?<!ร)ร(?!ร)", "ล"), ("ล", "ร"), ("ปร", "ป"), ("พร(?=[ะา])", "พ"), ("กล", "ก"), ("เพช", "เพ็ช")
    ),
    "final consonant of one sound": respelled(
        *((f"(?<![เแโใไ]){letter}$", "น") for letter in "รลญ"),
        *((f"(?<![เแโใไ]){letter}$", "ด") for letter in "ชจตศ"),
        ("(?<!เ)ด$", "ต"),
        ("ข$", "ก"),
        ("พ$", "บ"),
        ("รถ$", "ด"),
        ("([ัิุา]|เ[ก-ฮ]็?)ญ(?=[ก-ฮ])", r"\1น"),
    ),
    "short and long vowel": respelled(
        *((f"{a}(?!์)", b) for pair in (("ิ", "ี"), ("ุ", "ู"), ("ึ", "ื")) for a, b in ((pair[0], pair[1]), (pair[1], pair[0])))
    ),
    "ะ left out or put in": respelled(
        ("ะ", ""), ("^(ธ|ณ|ส|พ)(?=[ก-ฮ])(?!รร)", r"\1ะ"), ("(วร|ธน|รัตน)(?=[ก-ฮ])(?!ร|.์)", r"\1ะ"), ("็", "")
    ),
    "slip of the hand": slip,
}


def varied(name: str, kind: str, chance: random.Random) -> str:
    """The name in another spelling of this kind; as it is where the kind has no place in it."""
    return KINDS[kind](name, chance)
