/* The words of format_json.
 *
 * where   "a.b"     member b of member a of the row's value      "a.b|c"  the first that is there
 *         "0"       element 0 of an array                        "."      the value itself
 *         "@json"   the value itself as JSON, a string with its quotes
 *         "/a"      the same, of the record instead of the row
 *         "@key"    the key of the innermost member on the way to the row, or of the record
 *         "/@key"   the record's own key
 *         "@1"      the row's number, from 1, at level 1 of each (then @2, …)
 *         "@1.a"    member a of the element at that level
 *         "a/b[k].c"    looks a up: in the record's array b the first element whose member k is
 *                       the same, and its member c
 *         "a/b[#].c"    the element of that number, from 0;  "b[#2]": not those before number 2
 *         "@1/b[@]"     the element of that number, from 1
 *         Looking up goes on in the same way: "a/b[k].c/d[#].e".
 * each    "a.*"     every element or member of a     "*,b,c"  every one but the members b and c
 *         "a.*?"    or a itself, where it is no array
 *         "a.[]"    every element of a; nothing where it is no array
 *         "a.[]?"   or a itself, where it is a string, number or word, but '' and null
 *         "**a"     the record and, below its member a, every element and what is below that, in
 *                   order
 * shape   "members" a record is a member of the top-level object
 *         "groups"  a record is an element of an array that is a member of the top-level object;
 *                   its other members are passed over. The key is known to frame alone: give each
 *         "commas"  a line may end with a comma
 *         default   a record is a line, an element of the top-level array, or one of the values
 *                   that follow one another */
#ifndef CMED_FORMAT_JSON_H
#define CMED_FORMAT_JSON_H

#include "format.h"

enum {
    JSON_SLOTS_MAX = 96,  /* alternatives of all columns together */
    JSON_STEPS_MAX = 6,   /* of each */
    JSON_LEVELS_MAX = 64, /* open containers on the way to a row */
    JSON_HOPS_MAX = 2,    /* look-ups of an alternative, one behind another */
    JSON_LOOKUPS_MAX = 4  /* arrays in which something is looked up */
};

#endif
