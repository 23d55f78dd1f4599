/* What a query asks of columns by = and IN, decided here so that SQLite need not see every row.
 * A row that is left out for sure is left out; SQLite checks the others again. */
#ifndef CMED_DATASET_MATCH_H
#define CMED_DATASET_MATCH_H

#include "value.h"

enum { MATCH_COLUMNS_MAX = 4, MATCH_VALUES_MAX = 100000 };

struct match_value {
    uint64_t hash;
    struct value v; /* VALUE_TEXT, its bytes are the match's; VALUE_INTEGER; VALUE_NUMBER */
};

/* One column and the values it may have. An empty list matches nothing. */
struct match {
    unsigned column; /* of the table */
    bool nocase;     /* ASCII letters of either case are the same */
    struct match_value *value;
    size_t count, cap;
};

/* Appends a value; bytes of a text are copied. Call match_ready after the last one. */
enum error_code match_add(struct match *m, const struct value *v, struct error *e);
/* Sorts them, so that match_has is quick, and drops what stands twice. */
void match_ready(struct match *m);
void match_free(struct match *m);

/* A number that texts are looked up by: a TEXT column compared with an INTEGER one is compared as a
 * number, and '01' is 1. All texts that are the number are among those that it finds. */
struct value match_number(double number);

bool match_value_same(const struct value *a, const struct value *b, bool nocase);
bool match_has(const struct match *m, const struct value *v);
/* 64 bits of a value, the same for values that are the same. */
uint64_t match_hash(const struct value *v, bool nocase);

#endif
