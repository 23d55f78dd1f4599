/* window.c - the one refill loop.
 *
 *     room    |....dropped....|=====kept=====|=======fresh=======|000..0|
 *                              bytes.p        bytes.p + bytes.n   64 zero bytes
 *     refill  |=====kept=====|==fresh==================================|000..0|
 *
 * Where the window decodes, bytes go by raw:
 *
 *     source -read-> raw -decode-> room
 *
 * The encoding is decided at the first byte over 0x7F, with at least half of WINDOW_BYTES behind it
 * to judge by, unless the file ends. */
#include "window.h"
#include "../base/bytes.h"
#include "../base/memory.h"
#include "../base/word.h"

enum {
    WINDOW_PADDING = 64,
    WINDOW_RAW = 64 << 10,            /* bytes read at once to be decoded */
    WINDOW_SAMPLE = WINDOW_BYTES / 2, /* bytes from the first over 0x7F on: the least to judge by */
    WINDOW_WIDEST = 3,                /* bytes that one byte is decoded to at most */
    WINDOW_CHARACTER = 16             /* a window with less room than this is full */
};

static enum error_code window_resize(struct window *w, size_t cap, struct error *e) {
    uint8_t *room = memory_resize(w->room, cap + WINDOW_PADDING);
    if (!room)
        return error_no_memory(e);
    w->room = room;
    w->cap = cap;
    w->bytes.p = room;
    return OK;
}

/* Full, and nothing in it could be dropped: the record is longer than the window. */
static enum error_code window_grow(struct window *w, struct error *e) {
    size_t max = w->set.record_max ? w->set.record_max : WINDOW_RECORD_MAX;
    if (w->cap >= max)
        return error_set(e, BAD_FILE, "a record is longer than %zu bytes", max);
    return window_resize(w, w->cap < max / 2 ? w->cap * 2 : max, e);
}

/* One read, of at most n bytes. The source's error is kept for later: the bytes before it are good.
 */
static size_t window_read(struct window *w, uint8_t *to, size_t n) {
    size_t got = 0;
    if (w->set.read_size && n > w->set.read_size)
        n = w->set.read_size;
    source_read(w->source, to, n, &got, &w->failed);
    w->ended = got == 0 && !w->failed.code;
    return got;
}

static bool window_dry(const struct window *w) {
    return w->ended || w->failed.code;
}

/* Fills the room with the source's own bytes. */
static void window_fill(struct window *w) {
    while (w->bytes.n < w->cap && !window_dry(w))
        w->bytes.n += window_read(w, w->room + w->bytes.n, w->cap - w->bytes.n);
}

static void window_drop(struct window *w, size_t used) {
    w->line += bytes_count(span_slice(w->bytes, 0, used), '\n');
    w->at += used;
    w->bytes.n -= used;
    if (used && w->bytes.n)
        memmove(w->room, w->bytes.p + used, w->bytes.n);
    w->bytes.p = w->room;
}

/* Decodes what fits of raw; *used: bytes of it. */
static enum error_code window_decode_raw(struct window *w, size_t *used, struct error *e) {
    enum encoding_bad bad = w->set.bad == ENCODING_REPLACE ? ENCODING_REPLACE : ENCODING_MARK;
    struct buf out = {w->room, w->bytes.n, w->cap + WINDOW_PADDING};
    size_t n = w->raw.n;
    while (n * WINDOW_WIDEST > w->cap - w->bytes.n)
        n /= 2;
    bool last = w->ended && n == w->raw.n;
    *used = 0;
    enum error_code code =
        encoding_decode(w->original, bad, span_of(w->raw.p, n), last, used, &out, e);
    w->room = out.p;
    w->cap = out.cap - WINDOW_PADDING;
    w->bytes = buf_span(&out);
    w->raw.n -= *used;
    if (*used && w->raw.n)
        memmove(w->raw.p, w->raw.p + *used, w->raw.n);
    return code;
}

/* Fills the room by way of raw. A character that does not fit any more waits there. */
static enum error_code window_fill_decoded(struct window *w, struct error *e) {
    enum error_code code = OK;
    for (size_t used = 1; used > 0 && !code;) {
        if (w->raw.n < WINDOW_RAW)
            code = buf_reserve(&w->raw, WINDOW_RAW - w->raw.n, e);
        while (!code && w->raw.n < WINDOW_RAW && !window_dry(w))
            w->raw.n += window_read(w, w->raw.p + w->raw.n, WINDOW_RAW - w->raw.n);
        if (!code)
            code = window_decode_raw(w, &used, e);
    }
    return code;
}

/* From here on the bytes behind 'from' are decoded. */
static enum error_code window_begin_decoding(struct window *w, size_t from, struct error *e) {
    enum error_code code = buf_add_span(&w->raw, span_from(w->bytes, from), e);
    if (code)
        return code;
    w->bytes.n = from;
    w->encoding = ENCODING_UTF8;
    w->decoded = true;
    return window_fill_decoded(w, e);
}

/* The encoding is known; all before 'from' is ASCII. */
static enum error_code window_settle(struct window *w, enum encoding encoding, size_t from,
                                     struct error *e) {
    bool wide = encoding == ENCODING_UTF16LE || encoding == ENCODING_UTF16BE;
    bool narrow = encoding == ENCODING_GB18030 || encoding == ENCODING_LATIN1;
    w->original = w->encoding = encoding;
    if (wide || (narrow && w->decode_unsafe))
        return window_begin_decoding(w, from, e);
    return OK;
}

static size_t window_ascii(struct span s) {
    size_t i = 0;
    while (s.n - i >= 8 && !(word_load(s.p + i) & WORD_HIGHS))
        i += 8;
    while (i < s.n && s.p[i] < 0x80)
        i++;
    return i;
}

/* Looks for the first byte over 0x7F at or behind 'from', and lets it and what follows decide. */
static enum error_code window_decide(struct window *w, size_t from, struct error *e) {
    enum error_code code = OK;
    if (w->original != ENCODING_OPEN)
        return OK;
    size_t high = from + window_ascii(span_from(w->bytes, from));
    if (high == w->bytes.n)
        return OK;
    while (!code && !window_dry(w) && w->bytes.n - high < WINDOW_SAMPLE) {
        if (w->bytes.n == w->cap)
            code = window_resize(w, w->cap + WINDOW_SAMPLE, e);
        if (!code)
            window_fill(w);
    }
    if (code)
        return code;
    enum encoding found;
    struct span sample = span_slice(w->bytes, high, high + WINDOW_BYTES);
    bool last = w->ended && high + sample.n == w->bytes.n;
    code = encoding_guess(sample, last, w->at + high, &found, e);
    return code ? code : window_settle(w, found, high, e);
}

static enum error_code window_refill(struct window *w, struct error *e) {
    size_t kept = w->bytes.n;
    if (w->decoded)
        return window_fill_decoded(w, e);
    window_fill(w);
    return window_decide(w, kept, e);
}

/* What the rest of the program relies on after every change. */
static enum error_code window_shown(struct window *w) {
    memset(w->room + w->bytes.n, 0, WINDOW_PADDING);
    w->last = w->ended && w->raw.n == 0;
    return OK;
}

/* Nothing was dropped and nothing came: the window is full, or the source failed, or it is over. */
static enum error_code window_stuck(struct window *w, struct error *e) {
    bool full = w->cap - w->bytes.n < WINDOW_CHARACTER;
    if (full && !(window_dry(w) && w->raw.n == 0)) {
        enum error_code code = window_grow(w, e);
        return code ? code : window_refill(w, e);
    }
    if (w->failed.code && e)
        *e = w->failed;
    return w->failed.code;
}

enum error_code window_more(struct window *w, size_t used, struct error *e) {
    if (w->set.stopped && w->set.stopped(w->set.of))
        return error_set(e, INTERRUPTED, "interrupted");
    window_drop(w, used);
    size_t kept = w->bytes.n;
    enum error_code code = window_refill(w, e);
    if (!code && used == 0 && w->bytes.n == kept)
        code = window_stuck(w, e);
    return code ? code : window_shown(w);
}

/* A closed window's room is used again. */
static enum error_code window_begin(struct window *w, struct source *source,
                                    const struct window_settings *set, struct error *e) {
    *w = (struct window){.source = source,
                         .set = *set,
                         .line = 1,
                         .room = w->room,
                         .cap = w->cap,
                         .raw = {w->raw.p, 0, w->raw.cap}};
    w->bytes.p = w->room;
    return w->room ? OK : window_resize(w, WINDOW_BYTES, e);
}

/* Takes a byte order mark off where it says nothing else than what was asked for. */
static enum encoding window_take_mark(struct window *w) {
    enum encoding asked = w->set.encoding, said = ENCODING_OPEN;
    size_t n = encoding_bom(w->bytes, &said);
    bool wide = said == ENCODING_UTF16LE || said == ENCODING_UTF16BE;
    if (n > 0 && (asked == ENCODING_OPEN || asked == said || (asked == ENCODING_UTF16 && wide))) {
        window_drop(w, n);
        return said;
    }
    return asked == ENCODING_UTF16 ? ENCODING_UTF16BE : asked;
}

static enum error_code window_start(struct window *w, struct error *e) {
    window_fill(w);
    if (w->failed.code && (w->bytes.n == 0 || w->failed.code == NO_MEMORY)) {
        if (e)
            *e = w->failed;
        return w->failed.code;
    }
    if (span_starts(w->bytes, "PK\003\004"))
        return OK; /* a workbook: no text, so there is nothing to decide */
    enum encoding encoding = window_take_mark(w);
    if (encoding != ENCODING_OPEN)
        return window_settle(w, encoding, 0, e);
    enum error_code code = window_decide(w, 0, &w->no_text);
    if (code == BAD_FILE && w->set.no_text)
        return OK;
    if (code && e)
        *e = w->no_text;
    return code;
}

enum error_code window_open(struct window *w, struct source *source,
                            const struct window_settings *set, struct error *e) {
    enum error_code code = window_begin(w, source, set, e);
    if (!code)
        code = window_start(w, e);
    if (!code)
        return window_shown(w);
    window_close(w);
    return code;
}

enum error_code window_decode(struct window *w, struct error *e) {
    w->decode_unsafe = true;
    if (w->decoded || (w->original != ENCODING_GB18030 && w->original != ENCODING_LATIN1))
        return OK;
    enum error_code code = window_begin_decoding(w, 0, e);
    return code ? code : window_shown(w);
}

void window_binary(struct window *w) {
    w->no_text.code = OK;
    if (!w->decoded && w->set.encoding == ENCODING_OPEN)
        w->original = w->encoding = ENCODING_UTF8;
}

/* What a long record made large is not kept. */
void window_close(struct window *w) {
    source_close(w->source);
    w->source = NULL;
    if (w->cap > WINDOW_BYTES || w->raw.cap > WINDOW_BYTES)
        window_free(w);
}

void window_free(struct window *w) {
    source_close(w->source);
    memory_free(w->room);
    buf_free(&w->raw);
    *w = (struct window){0};
}
