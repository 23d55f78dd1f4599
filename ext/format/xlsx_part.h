/* One part of a workbook, pushed through expat: what the book, the strings and the sheet share. */
#ifndef CMED_FORMAT_XLSX_PART_H
#define CMED_FORMAT_XLSX_PART_H

#include "xlsx.h"

/* A grammar is the tree of the elements that matter. An element's index is its place; place 0 is
 * the document, parents come before their children, and what is not in the tree is skipped with all
 * that it holds. */
struct xlsx_element {
    uint8_t parent;
    bool text; /* its text is asked for */
    const char *name;
};

struct xlsx_grammar {
    const struct xlsx_element *element;
    unsigned count;
    /* attribute: name, value, name, value, ..., NULL. end and text may be NULL. */
    enum error_code (*start)(void *of, unsigned place, const char **attribute, struct error *e);
    enum error_code (*text)(void *of, unsigned place, struct span text, struct error *e);
    enum error_code (*end)(void *of, unsigned place, struct error *e);
};

enum { XLSX_PART_NAME_BITS = 1 << 16 };

struct xlsx_part {
    struct XML_ParserStruct *xml;
    const struct xlsx_grammar *grammar;
    void *of;
    const char *noun; /* "sheet" or "part", for messages */
    char *name;
    unsigned place, depth, skipped; /* skipped: open elements that are not in the grammar */
    uint64_t fed, token;            /* bytes so far; where the unfinished token starts */
    struct error error;             /* what stopped it, for good */
    unsigned names;
    uint8_t seen[XLSX_PART_NAME_BITS / 8]; /* hashes of the names */
};

/* Most names have one to five letters: a call of strcmp costs more than it saves. */
static inline bool xlsx_part_same(const char *a, const char *b) {
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

/* name is copied, noun is not. */
enum error_code xlsx_part_open(struct xlsx_part *p, const struct xlsx_grammar *grammar, void *of,
                               const char *noun, const char *name, struct error *e);
/* After an error every call repeats it. */
enum error_code xlsx_part_feed(struct xlsx_part *p, struct span bytes, bool last, struct error *e);
void xlsx_part_close(struct xlsx_part *p);

/* The value of an attribute without prefix; NULL where it is missing. */
const char *xlsx_part_attribute(const char **attribute, const char *name);

uint32_t xlsx_part_hash(const char *text);

/* Decodes _xHHHH_ in b from 'from' to the end, in place. False where half a surrogate pair was
 * among them: U+FFFD stands for it. */
bool xlsx_text_decode(struct buf *b, size_t from);

/* Appends where target, named by a part in folder ("xl/" or ""), lies in the package, without a
 * NUL. BAD_FILE where it lies outside. */
enum error_code xlsx_member_resolve(struct span folder, const char *target, struct buf *out,
                                    struct error *e);

#endif
