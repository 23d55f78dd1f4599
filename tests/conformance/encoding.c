/* encoding.c - the decoders against published test data, in a folder laid out so:
 *
 *     gb18030/index-gb18030.txt           "  0	0x4E02	..."     WHATWG: pointer, code point
 *     gb18030/index-gb18030-ranges.txt    "36	0x00A5"          WHATWG: first pointer, code point
 *     gb18030/gb18030_in.txt, ..._in_ref.txt                    GB18030 and the same in UTF-8
 *     gb18030/gb18030_out_ref.txt, ..._out.txt                  the same for the way back
 *     gb18030/wpt-decode-errors.tsv       "8230C3	efbfbd"      bytes and their text with
 * U+FFFD utf8/utf8tests.txt                  "2.1:valid hex:C2 A9" "18.0:invalid hex:C0
 * 41:41:EFBFBD 41"
 *
 *     encoding FOLDER     prints what fails and "encoding: N passed, N failed" */
#include "../../ext/base/encoding.h"
#include "../../ext/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    ENCODING_CASE_MAX = 4096,
    ENCODING_INDEX = 23940,
    ENCODING_RANGES_MAX = 512,
    ENCODING_FOURS = 126 * 10 * 126 * 10
};

struct encoding_score {
    unsigned passed, failed;
};

static void encoding_score(struct encoding_score *of, bool good, const char *what,
                           unsigned long which) {
    if (good) {
        of->passed++;
        return;
    }
    of->failed++;
    fprintf(stderr, "encoding: %s %lu fails\n", what, which);
}

static FILE *encoding_open_in(const char *folder, const char *name) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(2);
    }
    return file;
}

static struct buf encoding_read_in(const char *folder, const char *name) {
    FILE *file = encoding_open_in(folder, name);
    struct buf all = {0};
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
        if (buf_add(&all, piece, n, NULL))
            exit(2);
    fclose(file);
    return all;
}

static bool encoding_decodes_to(enum encoding from, struct span raw, struct span expected) {
    struct buf text = {0};
    size_t used;
    bool good = !encoding_decode(from, ENCODING_REPLACE, raw, true, &used, &text, NULL) &&
                used == raw.n && span_same(buf_span(&text), expected);
    buf_free(&text);
    return good;
}

/* point 0: no character, so U+FFFD. */
static bool encoding_is_point(const uint8_t *bytes, size_t n, uint32_t point) {
    uint8_t utf8[4];
    size_t length = utf8_put(utf8, point ? point : 0xFFFD);
    return encoding_decodes_to(ENCODING_GB18030, span_of(bytes, n), span_of(utf8, length));
}

/* The next line of two numbers; false at the end. */
static bool encoding_read_pair(FILE *file, unsigned *pointer, unsigned *point) {
    char line[256];
    while (fgets(line, sizeof line, file))
        if (sscanf(line, "%u %x", pointer, point) == 2)
            return true;
    return false;
}

static void encoding_check_index(const char *folder, struct encoding_score *of) {
    FILE *file = encoding_open_in(folder, "gb18030/index-gb18030.txt");
    unsigned pointer, point, count = 0;
    for (; encoding_read_pair(file, &pointer, &point); count++) {
        unsigned trail = pointer % 190;
        const uint8_t bytes[2] = {(uint8_t)(0x81 + pointer / 190),
                                  (uint8_t)(trail + (trail < 0x3F ? 0x40 : 0x41))};
        encoding_score(of, encoding_is_point(bytes, 2, point), "pointer", pointer);
    }
    encoding_score(of, count == ENCODING_INDEX, "number of pointers", count);
    fclose(file);
}

static void encoding_check_ranges(const char *folder, struct encoding_score *of) {
    FILE *file = encoding_open_in(folder, "gb18030/index-gb18030-ranges.txt");
    unsigned first[ENCODING_RANGES_MAX], point[ENCODING_RANGES_MAX], count = 0, range = 0;
    while (count < ENCODING_RANGES_MAX && encoding_read_pair(file, &first[count], &point[count]))
        count++;
    fclose(file);
    encoding_score(of, count > 0 && first[0] == 0, "number of ranges", count);
    for (unsigned pointer = 0; pointer < ENCODING_FOURS && count > 0; pointer++) {
        if (range + 1 < count && first[range + 1] == pointer)
            range++;
        bool none = (pointer > 39419 && pointer < 189000) || pointer > 1237575;
        uint32_t expected = none ? 0 : point[range] + pointer - first[range];
        if (pointer == 7457)
            expected = 0xE7C7; /* the standard's own exception */
        const uint8_t bytes[4] = {
            (uint8_t)(0x81 + pointer / 12600), (uint8_t)('0' + pointer / 1260 % 10),
            (uint8_t)(0x81 + pointer / 10 % 126), (uint8_t)('0' + pointer % 10)};
        encoding_score(of, encoding_is_point(bytes, 4, expected), "four bytes", pointer);
    }
}

static void encoding_check_text(const char *folder, const char *gb18030, const char *utf8,
                                struct encoding_score *of) {
    struct buf raw = encoding_read_in(folder, gb18030), expected = encoding_read_in(folder, utf8);
    encoding_score(of, encoding_decodes_to(ENCODING_GB18030, buf_span(&raw), buf_span(&expected)),
                   gb18030, 0);
    buf_free(&raw);
    buf_free(&expected);
}

/* Hex digits up to a colon, tab or line end; blanks between them do not count. "nothing" is. */
static size_t encoding_read_hex(const char **text, uint8_t *bytes) {
    const char *p = *text + strspn(*text, " ");
    size_t digits = 0;
    if (strncmp(p, "nothing", 7) == 0)
        p += 7;
    for (; *p && !strchr(":\t\r\n", *p); p++) {
        if (*p == ' ')
            continue;
        uint8_t digit = (uint8_t)(*p <= '9' ? *p - '0' : (*p | 0x20) - 'a' + 10);
        bytes[digits / 2] = (uint8_t)(digits % 2 ? bytes[digits / 2] << 4 | digit : digit);
        digits++;
    }
    *text = *p ? p + 1 : p;
    return digits / 2;
}

static void encoding_check_errors(const char *folder, struct encoding_score *of) {
    FILE *file = encoding_open_in(folder, "gb18030/wpt-decode-errors.tsv");
    char line[ENCODING_CASE_MAX];
    for (unsigned long number = 1; fgets(line, sizeof line, file); number++) {
        uint8_t raw[ENCODING_CASE_MAX], expected[ENCODING_CASE_MAX];
        const char *p = line;
        size_t n = encoding_read_hex(&p, raw), m = encoding_read_hex(&p, expected);
        encoding_score(of,
                       encoding_decodes_to(ENCODING_GB18030, span_of(raw, n), span_of(expected, m)),
                       "GB18030 error", number);
    }
    fclose(file);
}

/* raw without what is ill-formed. */
static size_t encoding_skipping(struct span raw, uint8_t *kept) {
    size_t n = 0;
    for (size_t at = 0; at < raw.n;) {
        size_t good = utf8_valid(span_from(raw, at));
        memcpy(kept + n, raw.p + at, good);
        n += good;
        at += good;
        if (at < raw.n)
            at += utf8_ill_formed(span_from(raw, at), NULL);
    }
    return n;
}

static bool encoding_utf8_case(const char *p) {
    uint8_t raw[ENCODING_CASE_MAX], kept[ENCODING_CASE_MAX], skipped[ENCODING_CASE_MAX],
        replaced[ENCODING_CASE_MAX];
    p += strspn(p, " ");
    if (strncmp(p, "valid:", 6) == 0) {
        struct span text = span_of(p + 6, strcspn(p + 6, "\r\n"));
        return utf8_valid(text) == text.n && encoding_decodes_to(ENCODING_UTF8, text, text);
    }
    bool valid = strncmp(p, "valid hex:", 10) == 0;
    p = strchr(p, ':') + 1;
    struct span text = span_of(raw, encoding_read_hex(&p, raw));
    if (valid)
        return utf8_valid(text) == text.n && encoding_decodes_to(ENCODING_UTF8, text, text);
    struct span without = span_of(skipped, encoding_read_hex(&p, skipped));
    struct span with = span_of(replaced, encoding_read_hex(&p, replaced));
    return utf8_valid(text) < text.n && encoding_decodes_to(ENCODING_UTF8, text, with) &&
           span_same(span_of(kept, encoding_skipping(text, kept)), without);
}

static void encoding_check_utf8(const char *folder, struct encoding_score *of) {
    FILE *file = encoding_open_in(folder, "utf8/utf8tests.txt");
    char line[ENCODING_CASE_MAX];
    for (unsigned long number = 1; fgets(line, sizeof line, file); number++) {
        const char *colon = strchr(line, ':');
        if (line[0] != '#' && colon)
            encoding_score(of, encoding_utf8_case(colon + 1), "line", number);
    }
    fclose(file);
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "encoding FOLDER\n");
        return 2;
    }
    struct encoding_score of = {0, 0};
    encoding_check_index(argv[1], &of);
    encoding_check_ranges(argv[1], &of);
    encoding_check_text(argv[1], "gb18030/gb18030_in.txt", "gb18030/gb18030_in_ref.txt", &of);
    encoding_check_text(argv[1], "gb18030/gb18030_out_ref.txt", "gb18030/gb18030_out.txt", &of);
    encoding_check_errors(argv[1], &of);
    encoding_check_utf8(argv[1], &of);
    printf("encoding: %u passed, %u failed\n", of.passed, of.failed);
    return of.failed > 0;
}
