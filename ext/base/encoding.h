/* Character encodings of files, and the way from each to UTF-8.
 *
 * GB18030 decodes by the WHATWG index (encoding.spec.whatwg.org, index gb18030 and its ranges),
 * which also reads GBK, GB2312 and CP936. Tables: gb18030_table.c, made by gb18030_table.py. */
#ifndef CMED_BASE_ENCODING_H
#define CMED_BASE_ENCODING_H

#include "buf.h"

enum encoding {
    ENCODING_OPEN, /* not decided: no byte over 0x7F has been seen */
    ENCODING_UTF8,
    ENCODING_GB18030,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_UTF16, /* as asked for: the BOM says which, big endian without one */
    ENCODING_LATIN1
};

/* What becomes of bytes that are no character. */
enum encoding_bad {
    ENCODING_FAIL,    /* BAD_DATA: "byte 0x81 is not GB18030" */
    ENCODING_REPLACE, /* U+FFFD, one per maximal subpart, as WHATWG decoders do */
    ENCODING_MARK     /* 0xFF 0xFh 0xFl for byte 0xhl: never valid UTF-8, so that the cell
                         that holds it can be refused later (encoding_marked) */
};

/* "gb18030", "gbk,replace", any case: the names of api.md. */
enum error_code encoding_parse(struct span text, enum encoding *out, enum encoding_bad *bad,
                               struct error *e);
const char *encoding_name(enum encoding encoding);  /* 'utf-8', ... as an argument */
const char *encoding_title(enum encoding encoding); /* 'UTF-8', ... for messages */

/* Bytes of the byte order mark at the start of head (0, 2 or 3) and what it says. */
size_t encoding_bom(struct span head, enum encoding *out);

/* Decides on a sample (no BOM; 'last': the file ends with it): UTF-8 if it is valid; else GB18030
 * if it is valid and fewer than half of the bytes over 0x7F lie in valid UTF-8 sequences; else
 * BAD_FILE with the first byte that is not UTF-8 and its offset in the sample + base.
 * ENCODING_OPEN where no byte is over 0x7F. A character cut by the end is fine unless last. */
enum error_code encoding_guess(struct span sample, bool last, uint64_t base, enum encoding *out,
                               struct error *e);

/* Appends raw as UTF-8. *used: bytes taken; a character that the end cuts is left unless last.
 * ENCODING_OPEN counts as UTF-8. Long runs of ASCII and of valid UTF-8 are copied whole. */
enum error_code encoding_decode(enum encoding from, enum encoding_bad bad, struct span raw,
                                bool last, size_t *used, struct buf *out, struct error *e);

/* The byte that a mark at the start of s stands for; -1 where s does not start with a mark. */
int encoding_marked(struct span s);

/* Exact size of the decoded text is unknown beforehand; this many bytes always suffice. */
size_t encoding_room(enum encoding from, size_t raw);

#endif
