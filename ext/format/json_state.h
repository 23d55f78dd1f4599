/* What format_json remembers of a file: for json.c and the files beside it alone. */
#ifndef CMED_FORMAT_JSON_STATE_H
#define CMED_FORMAT_JSON_STATE_H

#include "json.h"
#include "json_lookup.h"

enum json_mode { JSON_LINES, JSON_VALUES, JSON_ARRAY, JSON_MEMBERS, JSON_GROUPS };
enum json_step_kind {
    JSON_MEMBER,
    JSON_EVERY,
    JSON_EVERY_OR_SELF,
    JSON_ELEMENTS,
    JSON_ELEMENTS_OR_SCALAR,
    JSON_TREE
};
enum json_base { JSON_OF_ROW, JSON_OF_RECORD, JSON_OF_LEVEL, JSON_KEY, JSON_RECORD_KEY };

/* What may stand next between records. */
enum json_expect {
    JSON_FIRST,
    JSON_NEXT,
    JSON_CLOSED,
    JSON_GROUP_FIRST, /* the rest is of JSON_GROUPS: a key or the end of the object */
    JSON_GROUP,       /* a key */
    JSON_GROUP_NEXT,  /* ',' or the end of the object */
    JSON_ELEMENT_FIRST,
    JSON_ELEMENT,
    JSON_ELEMENT_NEXT
};

struct json_step {
    enum json_step_kind kind;
    struct span name; /* of JSON_EVERY: the members to leave out, each behind a comma */
};

enum json_hop_kind { JSON_BY_KEY, JSON_BY_NUMBER, JSON_BY_ORDINAL };

struct json_hop {
    enum json_hop_kind kind;
    uint8_t lookup;   /* of the state's */
    int64_t least;    /* number */
    struct span rest; /* the way on from what was found */
};

/* One alternative of a column: the first name on the way, and the rest of it. */
struct json_slot {
    uint8_t column;
    enum json_base base;
    bool verbatim;     /* a string keeps its quotes and escapes */
    bool ordinal;      /* of JSON_OF_LEVEL: the element's number */
    unsigned level;    /* of JSON_OF_LEVEL */
    struct span first; /* empty: the value itself */
    struct span rest;
    struct json_hop hop[JSON_HOPS_MAX];
    unsigned hops;
    struct span found; /* p == NULL: not there */
};

struct json_level {
    struct span container, key, value;
    size_t at;
    uint32_t ordinal;
    uint8_t step; /* of the steps, the one that goes on below an element */
};

struct json_state {
    struct json_slot slot[JSON_SLOTS_MAX];
    unsigned slots;
    struct json_step step[JSON_STEPS_MAX];
    unsigned steps;
    struct json_lookup lookup[JSON_LOOKUPS_MAX];
    unsigned lookups;
    uint64_t required, needed;
    enum json_mode mode;
    enum json_expect expect;
    bool commas;
    struct buf group; /* of JSON_GROUPS: the key of the frame's records */
    struct buf number;
    struct span record, key, row;
    struct span into;  /* the record's member that the first step enters; p == NULL: none */
    uint32_t elements; /* that were noted */
    struct json_level level[JSON_LEVELS_MAX];
    unsigned levels;
    bool started; /* item was asked for this record */
    bool tree;    /* the row just handed out may have rows below it */
};

/* Is the first step a member's name? */
static inline bool json_enters(const struct json_state *j) {
    return j->steps > 0 && j->step[0].kind == JSON_MEMBER;
}

/* json_words.c: the plan's words, read once. */
enum error_code json_columns(struct json_state *j, const struct format_plan *plan, struct error *e);
enum error_code json_steps(struct json_state *j, const char *each, struct error *e);
/* Takes what lies before the next 'at' off text, and 'at'; all of it where there is none. */
struct span json_cut(struct span *text, char at);

/* json_frame.c */
enum error_code json_frame(void *state, struct format_frame *f, struct error *e);

/* json_slot.c: what columns find. */

/* Notes the value, and those of its members (or elements) that the columns of this base want. */
void json_note(struct json_state *j, enum json_base base, struct span value);
/* The same bit by bit, for a value whose members are heard of while it is checked. */
void json_forget(struct json_state *j, enum json_base base);
void json_note_member(struct json_state *j, enum json_base base, struct span key,
                      struct span value);
void json_note_whole(struct json_state *j, enum json_base base, struct span value);
/* BAD_DATA where a required column finds nothing: one of the record, or one of the row. */
enum error_code json_missing(struct json_state *j, bool rows, struct error *e);
enum error_code json_cell(void *state, unsigned column, struct cell *out, struct error *e);

#endif
