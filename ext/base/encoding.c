/* encoding.c - from a file's encoding to UTF-8.
 *
 *     raw    D6 D0 D2 | 81 FF | B9 FA         GB18030: three characters and two bytes that are none
 *     FAIL   E4 B8 AD   "byte 0x81 is not GB18030"
 *     REPLACE           EF BF BD              U+FFFD
 *     MARK              FF F8 F1              the byte 0x81, to be refused when it is read
 *
 * An encoding is two functions: one decodes as far as there are characters, the other says how
 * many bytes are bad where that stopped. UTF-16 without a BOM is big endian, as Unicode has it. */
#include "encoding.h"
#include "gb18030.h"
#include "utf8.h"

enum { ENCODING_PIECE = 1 << 16 }; /* raw bytes for which room is made at a time */

static size_t encoding_decode_utf8(struct span raw, uint8_t **to) {
    size_t n = utf8_valid(raw);
    memcpy(*to, raw.p, n);
    *to += n;
    return n;
}

static size_t encoding_decode_latin1(struct span raw, uint8_t **to) {
    for (size_t at = 0; (at = utf8_copy_ascii(raw, at, to)) < raw.n; at++)
        *to += utf8_put(*to, raw.p[at]);
    return raw.n;
}

/* The 16 bits at p; high: which of the two bytes is the higher one. */
static inline uint32_t encoding_unit(const uint8_t *p, unsigned high) {
    return (uint32_t)p[high] << 8 | p[1 - high];
}

static inline bool encoding_is_first(uint32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static inline bool encoding_is_second(uint32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

static inline size_t encoding_decode_utf16(struct span raw, unsigned high, uint8_t **to) {
    uint8_t *out = *to;
    size_t at = 0;
    while (raw.n - at >= 2) {
        uint32_t point = encoding_unit(raw.p + at, high);
        size_t n = 2;
        if (encoding_is_first(point) && raw.n - at >= 4) {
            uint32_t second = encoding_unit(raw.p + at + 2, high);
            if (!encoding_is_second(second))
                break;
            point = 0x10000 + ((point - 0xD800) << 10) + (second - 0xDC00);
            n = 4;
        } else if (encoding_is_first(point) || encoding_is_second(point)) {
            break;
        }
        out += utf8_put(out, point);
        at += n;
    }
    *to = out;
    return at;
}

static inline size_t encoding_ill_formed_utf16(struct span s, unsigned high, bool *cut) {
    bool open = s.n < 2 || (s.n < 4 && encoding_is_first(encoding_unit(s.p, high)));
    *cut = open;
    return open ? s.n : 2;
}

static size_t encoding_decode_utf16le(struct span raw, uint8_t **to) {
    return encoding_decode_utf16(raw, 1, to);
}

static size_t encoding_decode_utf16be(struct span raw, uint8_t **to) {
    return encoding_decode_utf16(raw, 0, to);
}

static size_t encoding_ill_formed_utf16le(struct span s, bool *cut) {
    return encoding_ill_formed_utf16(s, 1, cut);
}

static size_t encoding_ill_formed_utf16be(struct span s, bool *cut) {
    return encoding_ill_formed_utf16(s, 0, cut);
}

static const struct encoding_kind {
    const char *name, *title;
    size_t (*decode)(struct span raw, uint8_t **to);
    size_t (*ill_formed)(struct span s, bool *cut); /* NULL: every byte is a character */
    size_t (*valid)(struct span s);                 /* NULL: it is never guessed */
} encoding_kinds[] = {
    [ENCODING_OPEN] = {"utf-8", "UTF-8", encoding_decode_utf8, utf8_ill_formed, utf8_valid},
    [ENCODING_UTF8] = {"utf-8", "UTF-8", encoding_decode_utf8, utf8_ill_formed, utf8_valid},
    [ENCODING_GB18030] = {"gb18030", "GB18030", gb18030_decode, gb18030_ill_formed, gb18030_valid},
    [ENCODING_UTF16LE] = {"utf-16le", "UTF-16", encoding_decode_utf16le,
                          encoding_ill_formed_utf16le, NULL},
    [ENCODING_UTF16BE] = {"utf-16be", "UTF-16", encoding_decode_utf16be,
                          encoding_ill_formed_utf16be, NULL},
    [ENCODING_UTF16] = {"utf-16", "UTF-16", encoding_decode_utf16be, encoding_ill_formed_utf16be,
                        NULL},
    [ENCODING_LATIN1] = {"iso-8859-1", "ISO-8859-1", encoding_decode_latin1, NULL, NULL},
};

static const struct encoding_alias {
    const char *name;
    enum encoding encoding;
} encoding_aliases[] = {
    {"utf-8", ENCODING_UTF8},        {"utf8", ENCODING_UTF8},        {"gb18030", ENCODING_GB18030},
    {"gbk", ENCODING_GB18030},       {"gb2312", ENCODING_GB18030},   {"cp936", ENCODING_GB18030},
    {"utf-16", ENCODING_UTF16},      {"utf-16le", ENCODING_UTF16LE}, {"utf-16be", ENCODING_UTF16BE},
    {"iso-8859-1", ENCODING_LATIN1}, {"latin1", ENCODING_LATIN1},
};

const char *encoding_name(enum encoding encoding) {
    return encoding_kinds[encoding].name;
}

const char *encoding_title(enum encoding encoding) {
    return encoding_kinds[encoding].title;
}

static struct span encoding_trim(struct span s) {
    while (s.n > 0 && s.p[s.n - 1] == ' ')
        s.n--;
    while (s.n > 0 && s.p[0] == ' ')
        s = span_from(s, 1);
    return s;
}

/* Is s the name, in letters of any case? */
static bool encoding_is(struct span s, const char *name) {
    if (s.n != strlen(name))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (uint8_t)(s.p[i] + 0x20) : s.p[i];
        if (c != (uint8_t)name[i])
            return false;
    }
    return true;
}

enum error_code encoding_parse(struct span text, enum encoding *out, enum encoding_bad *bad,
                               struct error *e) {
    size_t comma = span_find(text, 0, ',');
    struct span name = encoding_trim(span_slice(text, 0, comma));
    struct span behind = encoding_trim(span_from(text, comma + 1));
    if (comma < text.n && !encoding_is(behind, "replace")) {
        int shown = (int)utf8_valid(span_slice(behind, 0, 40));
        return error_set(e, BAD_USE, "',%.*s' cannot stand behind an encoding, only ',replace' can",
                         shown, (const char *)behind.p);
    }
    for (size_t i = 0; i < sizeof encoding_aliases / sizeof *encoding_aliases; i++) {
        if (!encoding_is(name, encoding_aliases[i].name))
            continue;
        *out = encoding_aliases[i].encoding;
        *bad = comma < text.n ? ENCODING_REPLACE : ENCODING_FAIL;
        return OK;
    }
    int shown = (int)utf8_valid(span_slice(name, 0, 40));
    return error_set(e, BAD_USE,
                     "no encoding '%.*s'; there are utf-8, gb18030 (gbk, gb2312, cp936), utf-16, "
                     "utf-16le, utf-16be and iso-8859-1 (latin1)",
                     shown, (const char *)name.p);
}

size_t encoding_bom(struct span head, enum encoding *out) {
    if (span_starts(head, "\xEF\xBB\xBF")) {
        *out = ENCODING_UTF8;
        return 3;
    }
    if (span_starts(head, "\xFF\xFE")) {
        *out = ENCODING_UTF16LE;
        return 2;
    }
    if (span_starts(head, "\xFE\xFF")) {
        *out = ENCODING_UTF16BE;
        return 2;
    }
    return 0;
}

/* Bytes over 0x7F. */
static size_t encoding_high(struct span s) {
    size_t count = 0;
    for (size_t at = 0; at < s.n; at++)
        count += s.p[at] >> 7;
    return count;
}

/* Does s fit an encoding, but for a character that its end may cut? *good: as far as it does. */
static bool encoding_fits(const struct encoding_kind *kind, struct span s, bool last,
                          size_t *good) {
    bool cut = false;
    *good = kind->valid(s);
    if (*good < s.n)
        kind->ill_formed(span_from(s, *good), &cut);
    return *good == s.n || (cut && !last);
}

enum error_code encoding_guess(struct span sample, bool last, uint64_t base, enum encoding *out,
                               struct error *e) {
    size_t good, ignored;
    if (utf8_ascii(sample, 0) == sample.n) {
        *out = ENCODING_OPEN;
        return OK;
    }
    if (encoding_fits(&encoding_kinds[ENCODING_UTF8], sample, last, &good)) {
        *out = ENCODING_UTF8;
        return OK;
    }
    bool damaged = utf8_valid_high(sample) * 2 >= encoding_high(sample);
    if (!damaged && encoding_fits(&encoding_kinds[ENCODING_GB18030], sample, last, &ignored)) {
        *out = ENCODING_GB18030;
        return OK;
    }
    return error_set(e, BAD_FILE, "byte 0x%02X at offset %llu is not UTF-8, %s", sample.p[good],
                     (unsigned long long)base + good,
                     damaged ? "though the text around it is; name the encoding, as in "
                               "'utf-8,replace'"
                             : "nor is the text GB18030; name its encoding, as in "
                               "'gb18030,replace'");
}

/* What stands for the bad bytes at p. */
static enum error_code encoding_bad(const struct encoding_kind *kind, enum encoding_bad bad,
                                    const uint8_t *p, struct buf *out, struct error *e) {
    if (bad == ENCODING_FAIL)
        return error_set(e, BAD_DATA, "byte 0x%02X is not %s", *p, kind->title);
    if (bad == ENCODING_REPLACE)
        return buf_add(out, "\xEF\xBF\xBD", 3, e);
    const uint8_t mark[3] = {0xFF, 0xF0 | *p >> 4, 0xF0 | (*p & 0x0F)};
    return buf_add(out, mark, 3, e);
}

int encoding_marked(struct span s) {
    if (s.n < 3 || s.p[0] != 0xFF || s.p[1] < 0xF0 || s.p[2] < 0xF0)
        return -1;
    return (s.p[1] & 0x0F) << 4 | (s.p[2] & 0x0F);
}

/* Decodes the next piece of raw, from *at on, as far as it goes. */
static enum error_code encoding_piece(const struct encoding_kind *kind, struct span raw, size_t *at,
                                      struct buf *out, struct error *e) {
    struct span piece = span_slice(raw, *at, *at + ENCODING_PIECE);
    enum error_code code = buf_reserve(out, 3 * piece.n, e);
    if (code)
        return code;
    uint8_t *to = out->p + out->n;
    *at += kind->decode(piece, &to);
    out->n = (size_t)(to - out->p);
    return OK;
}

enum error_code encoding_decode(enum encoding from, enum encoding_bad bad, struct span raw,
                                bool last, size_t *used, struct buf *out, struct error *e) {
    const struct encoding_kind *kind = &encoding_kinds[from];
    enum error_code code = OK;
    size_t at = 0;
    while (!code && at < raw.n) {
        size_t before = at;
        code = encoding_piece(kind, raw, &at, out, e);
        if (code || at == raw.n)
            break;
        if (at - before > ENCODING_PIECE - 4)
            continue; /* it may have stopped at the end of the piece */
        bool cut;
        size_t n = kind->ill_formed(span_from(raw, at), &cut);
        if (cut && !last)
            break;
        code = encoding_bad(kind, bad, raw.p + at, out, e);
        at += code ? 0 : n;
    }
    *used = at;
    return code;
}

size_t encoding_room(enum encoding from, size_t raw) {
    switch (from) {
    case ENCODING_UTF16:
    case ENCODING_UTF16LE:
    case ENCODING_UTF16BE:
        return (raw + 1) / 2 * 3;
    case ENCODING_LATIN1:
        return raw * 2;
    default:
        return raw * 3; /* a bad byte, or the euro sign of CP936 */
    }
}
