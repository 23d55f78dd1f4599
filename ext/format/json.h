/* The words of format_json.
 *
 * where   "a.b"   member b of member a of the row's value      "a.b|c"  the first of these that is
 * there "0"     element 0 of an array                        "."      the value itself
 *         "@json" the value itself as JSON, a string with its quotes
 *         "/a"    the same, of the record instead of the row   "@key"   the key of a member that is
 * a row or record
 *         "@1"    the row's number, from 1, at level 1 of each (then @2, …)
 * each    "a.*"   every element (or member) of a               "a.*?"   or a itself, where it is no
 * array
 *         "**a"   the record and, below its member a, every element and what is below that, in
 * order shape   "members"  a record is a member of the top-level object; default: a line, an
 * element of the top-level array, or one of the values that follow one another "commas"   a line
 * may end with a comma */
#ifndef CMED_FORMAT_JSON_H
#define CMED_FORMAT_JSON_H

#include "format.h"

enum {
    JSON_SLOTS_MAX = 96, /* alternatives of all columns together */
    JSON_STEPS_MAX = 6,  /* of each */
    JSON_LEVELS_MAX = 64 /* open containers on the way to a row */
};

#endif
