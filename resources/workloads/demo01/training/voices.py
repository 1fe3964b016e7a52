"""Who speaks and what is said: voices by split, accents, words.

A voice is an espeak-ng variant (a set of formant, pitch and breath settings). Relatives of one voice
(`iven`, `iven2`, ...) share a split, so no test speaker has a relative in training. Two accents are kept
for the test split alone.
"""

CLASSES = [
    "Down", "Go", "Left", "No", "Off", "On", "Right", "Stop", "Up", "Yes", "Silence", "Unknown",
]
SILENCE = CLASSES.index("Silence")
UNKNOWN = CLASSES.index("Unknown")

# Left out on purpose: effects rather than speakers (announcer, Demonic, fast, UniRobot, whisper, whisperf, croak).
VOICES = {
    "train": [
        "Alex", "Andrea", "Andy", "AnxiousAndy", "Denis", "Gene", "Gene2", "Henrique", "Jacky", "Lee",
        "Mario", "Michael", "RicishayMax", "RicishayMax2", "RicishayMax3", "adam", "anika",
        "anikaRobot", "antonio", "belinda", "benjamin", "caleb", "ed", "edward", "edward2", "f1", "f2",
        "f4", "grandma", "iven", "iven2", "iven3", "iven4", "john", "klatt", "klatt2", "klatt3", "klatt4",
        "klatt5", "klatt6", "m1", "m2", "m4", "m5", "m7", "max", "michel", "norbert", "pablo", "paul",
        "quincy", "robosoft", "robosoft2", "robosoft3", "robosoft4", "robosoft5", "robosoft6", "robosoft7",
        "robosoft8", "sandro", "steph", "steph2", "steph3", "victor",
    ],
    "validation": ["Alicia", "Hugo", "Marco", "Nguyen", "boris", "f5", "m3", "miguel", "pedro", "shelby"],
    "test": [
        "Annie", "Diogo", "Mike", "Storm", "Tweaky", "aunty", "david", "f3", "grandpa", "gustave",
        "kaukovalta", "linda", "m6", "m8", "marcelo", "rob", "robert", "travis", "zac",
    ],
}

ACCENTS = {
    "train": ["en-us", "en-gb", "en-gb-x-rp", "en-gb-x-gbclan", "en-029"],
    "validation": ["en-us", "en-gb", "en-gb-x-rp", "en-gb-x-gbclan", "en-029"],
    "test": ["en-us", "en-gb", "en-gb-x-rp", "en-gb-x-gbclan", "en-029", "en-gb-scotland", "en-us-nyc"],
}

# No homophone of a keyword ("know", "write"), but near misses ("lift", "low", "cup").
_COMMON = [
    "backward", "bed", "bird", "cat", "dog", "eight", "five", "follow", "forward", "four", "happy", "house",
    "learn", "marvin", "nine", "one", "seven", "sheila", "six", "three", "tree", "two", "visual", "wow",
    "zero", "low", "light", "step", "cup", "guess", "lift", "soft",
]
UNKNOWN_WORDS = {
    "train": _COMMON,
    "validation": _COMMON,
    # Words never heard in training make half of the test list's unknown words.
    "test": _COMMON[::2] + [
        "gold", "night", "loft", "stock", "yellow", "round", "open", "under", "window", "paper", "river",
        "table", "green", "white", "music", "apple", "snow",
    ],
}

CLIPS_PER_CLASS = {"train": 900, "validation": 60, "test": 100}


def check() -> None:
    """Fails when a voice is listed twice."""
    names = [name for split in VOICES.values() for name in split]
    if len(names) != len(set(names)):
        raise SystemExit("a voice is in two splits")
