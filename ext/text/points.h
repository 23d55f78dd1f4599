/* The code points of a text: one uint32_t a character, so that positions are what the user
 * sees. Every function of this room takes bytes from SQLite, so ill-formed UTF-8 is no error:
 * each maximal subpart counts as one U+FFFD. All zero is an empty points. */
#ifndef CMED_TEXT_POINTS_H
#define CMED_TEXT_POINTS_H

#include "../base/buf.h"

enum { POINTS_MAX = BUF_MAX }; /* code points; more is BAD_DATA */

struct points {
    uint32_t *p;
    size_t n, cap;
};

enum error_code points_reserve(struct points *t, size_t more, struct error *e);
enum error_code points_add(struct points *t, uint32_t point, struct error *e);

/* Replaces what t holds by the code points of text; t keeps its memory for the next call. */
enum error_code points_decode(struct points *t, struct span text, struct error *e);

/* Appends the code points from a to b (cut to what there is) as UTF-8. */
enum error_code points_encode(const struct points *t, size_t a, size_t b, struct buf *out,
                              struct error *e);
void points_free(struct points *t);

/* Code points that the ASCII or UTF-8 text z takes at 'at'; 0 where it does not stand there.
 * Latin letters match in either case, full-width forms match their ASCII twins. */
size_t points_match(const struct points *t, size_t at, const char *z);

/* The ASCII twin of a full-width form, the small letter of an ASCII capital; else c itself. */
uint32_t points_fold(uint32_t c);

bool points_is_blank(uint32_t c);   /* Unicode White_Space */
bool points_is_newline(uint32_t c); /* LF, VT, FF, CR, NEL, LS, PS */
bool points_is_han(uint32_t c);     /* ideographs: URO, extensions, compatibility, U+3007 */
bool points_is_latin(uint32_t c);   /* A-Z, a-z, full width too */
int points_digit(uint32_t c);       /* 0-9, full width too; -1 for anything else */

/* The code point at 'at', 0 past the end. */
static inline uint32_t points_at(const struct points *t, size_t at) {
    return at < t->n ? t->p[at] : 0;
}

/* The code point before 'at', 0 at the start. */
static inline uint32_t points_before(const struct points *t, size_t at) {
    return at > 0 && at <= t->n ? t->p[at - 1] : 0;
}

#endif
