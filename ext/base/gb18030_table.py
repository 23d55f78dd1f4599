#!/usr/bin/env python3
"""Makes gb18030_table.c:  python3 gb18030_table.py > gb18030_table.c

Python's codec is GB18030 of 2000; the WHATWG index is GB18030 of 2005 with the code points that
Unicode has since given to ten of its private ones, and U+3000 in a place that GBK fonts fill so.
The differences stand below; a codec that differs in anything else is noticed by the checksum.
"""
import hashlib
import sys
import unicodedata

# bytes of the first, code points of it and of those behind it
PAIRS = {
    "A3A0": "3000",
    "A6D9": "FE10 FE12 FE11 FE13 FE14 FE15 FE16",
    "A6EC": "FE17 FE18",
    "A6F3": "FE19",
    "A8BC": "1E3F",
    "FE59": "9FB4",
    "FE61": "9FB5",
    "FE66": "9FB6 9FB7",
    "FE6D": "9FB8",
    "FE7E": "9FB9",
    "FE90": "9FBA",
    "FEA0": "9FBB",
}
FOURS = {"8135F437": "E7C7"}
# of the code points
SHA256 = "322e2fe9316be492681dbdde31910d872c616f95af166529ab62b23f53889b68"

HEAD = """\
/* gb18030_table.c - GB18030's code points. Made by gb18030_table.py: change that, not this.
 *
 *     gb18030_pairs     a row for each lead byte from 81 on, in it the trail bytes from 40 on;
 *                       7F is none, nor is FF, the NUL at the end; private use stands escaped
 *     gb18030_ranges    81 30 81 30 is pointer 0, 81 30 81 31 is 1, 81 30 82 30 is 10 */
#include "gb18030.h"

/* clang-format off */
"""
LINE = 96


def differences(table):
    return {
        int(first, 16) + i: int(point, 16)
        for first, points in table.items()
        for i, point in enumerate(points.split())
    }


def decode(code, size, differing):
    try:
        return differing.get(code) or ord(code.to_bytes(size, "big").decode("gb18030"))
    except (UnicodeDecodeError, TypeError):
        return 0


def pairs():
    differing = differences(PAIRS)
    for lead in range(0x81, 0xFF):
        yield [decode(lead << 8 | trail, 2, differing) for trail in range(0x40, 0xFF)]


def fours():
    differing = differences(FOURS)
    for pointer in range(126 * 10 * 126 * 10):
        rest, d = divmod(pointer, 10)
        rest, c = divmod(rest, 126)
        a, b = divmod(rest, 10)
        code = (0x81 + a) << 24 | (0x30 + b) << 16 | (0x81 + c) << 8 | 0x30 + d
        yield pointer, decode(code, 4, differing)


def ranges():
    expected = None
    for pointer, point in fours():
        if point != expected:
            yield pointer, point
        expected = point and point + 1


def literal(point):
    """Escaped where an editor could hide or change it."""
    c = chr(point)
    if point == 0:
        return "\\0"
    hidden = unicodedata.category(c) in ("Co", "Cf", "Mn", "Zs")
    return f"\\u{point:04X}" if hidden or unicodedata.normalize("NFC", c) != c else c


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def lines(words, join=""):
    line = ""
    for word in words:
        if line and width(line + join + word) > LINE:
            yield line
            line = word
        else:
            line = line + join + word if line else word
    yield line


def main():
    rows, steps = list(pairs()), list(ranges())
    if hashlib.sha256(repr((rows, steps)).encode()).hexdigest() != SHA256:
        sys.exit("this Python's gb18030 codec differs in more than the tables above say")
    print(HEAD)
    print("const uint16_t gb18030_pairs[GB18030_LEADS][GB18030_TRAILS] = {")
    for row in rows:
        print("u" + "\n".join(f'"{line}"' for line in lines(map(literal, row))) + ",")
    print("};\n\nconst struct gb18030_range gb18030_ranges[GB18030_RANGES] = {")
    for line in lines((f"{{{pointer}, 0x{point:04X}}}," for pointer, point in steps), " "):
        print(line)
    print("};")


main()
