/* The words of format_brat. A file is one record; a line of it that is not blank is a row.
 *
 * each   "T", "R", "E", "A", "M", "N", "#", "*": lines of that kind; NULL, "" or "all": every line
 * where  "kind"          the letter
 *        "id"            T1, R2, #3; '*' for a group
 *        "type"          the first word of the second field
 *        "text"          the third field: a mention, a note; NULL where the line has none
 *        "start" "end"   of T: the first start and the last end, as the file says
 *        "spans"         of T: [[start,end],…]
 *        "arg1" "arg2"   of R: T1, T2, without the names before them
 *        "args"          R    {"Arg1":"T1","Arg2":"T2"}
 *                        E    {"trigger":"T1","Theme":"T2",…}
 *                        A M  {"of":"E1"} or {"of":"E1","value":"L1"}
 *                        N    {"of":"T1","ref":"ICD10:E11"}
 *                        #    {"of":"T1"}; {} where it names nothing
 *                        *    ["T1","T2",…] */
#ifndef CMED_FORMAT_BRAT_H
#define CMED_FORMAT_BRAT_H

#include "format.h"

#endif
