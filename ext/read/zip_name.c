/* zip_name.c - names in archives, whose encoding nobody wrote down.
 *
 *     flag 11 set      b2 a1 c0 fa      no flag, no UTF-8         81 2e t x t     neither
 *     -> UTF-8         -> GB18030: 病历  (Chinese Windows)        -> CP437: ü.txt (DOS)
 *
 * macOS writes UTF-8 without the flag, so valid UTF-8 is UTF-8 with or without it. */
#include "../base/encoding.h"
#include "../base/memory.h"
#include "../base/utf8.h"
#include "zip_directory.h"

/* Bytes 0x80 to 0xFF of IBM code page 437. */
static const uint16_t zip_name_cp437[128] = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF,
    0x00EE, 0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9,
    0x00FF, 0x00D6, 0x00DC, 0x00A2, 0x00A3, 0x00A5, 0x20A7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
    0x00F1, 0x00D1, 0x00AA, 0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255D, 0x255C, 0x255B, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4, 0x03A6, 0x0398, 0x03A9, 0x03B4,
    0x221E, 0x03C6, 0x03B5, 0x2229, 0x2261, 0x00B1, 0x2265, 0x2264, 0x2320, 0x2321, 0x00F7, 0x2248,
    0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0};

static enum error_code zip_name_dos(struct span raw, struct buf *out, struct error *e) {
    enum error_code code = OK;
    for (size_t i = 0; i < raw.n && !code; i++) {
        uint8_t c = raw.p[i], to[4];
        code = buf_add(out, to, utf8_put(to, c < 0x80 ? c : zip_name_cp437[c - 0x80]), e);
    }
    return code;
}

enum error_code zip_name(struct span raw, uint16_t flags, char **out, struct error *e) {
    struct buf name = {0};
    size_t used;
    enum encoding from = ENCODING_GB18030;
    if (span_find(raw, 0, 0) < raw.n)
        return error_set(e, BAD_FILE, "the name of a member holds a NUL");
    if (flags & ZIP_UTF8 || utf8_valid(raw) == raw.n)
        from = ENCODING_UTF8;
    enum error_code code = encoding_decode(from, ENCODING_FAIL, raw, true, &used, &name, e);
    if (code == BAD_DATA) {
        name.n = 0;
        code = zip_name_dos(raw, &name, e);
    }
    if (!code)
        code = buf_add_byte(&name, 0, e);
    if (code)
        buf_free(&name);
    else
        *out = (char *)name.p;
    return code;
}
