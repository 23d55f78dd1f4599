/* dictionary.c - what a dictionary says of a word.
 *
 *     高血压  count 1205 of 60,101,967, n   ->   cost 151 (10.8 nats), grade 5, tag 'n'
 */
#include "dictionary.h"

#include <math.h>

/* The tag set of jieba and ICTCLAS. The numbers are in every model: add at the end. */
static const char *const TAGS[DICTIONARY_TAGS] = {
    "x",  "a",  "ad", "ag", "an", "b",  "c",  "d",  "df", "dg", "e",    "eng", "f",  "g",  "h",
    "i",  "j",  "k",  "l",  "m",  "mg", "mq", "n",  "ng", "nr", "nrfg", "nrt", "ns", "nt", "nz",
    "o",  "p",  "q",  "r",  "rg", "rr", "rz", "s",  "t",  "tg", "u",    "ud",  "ug", "uj", "ul",
    "uv", "uz", "v",  "vd", "vg", "vi", "vn", "vq", "y",  "z",  "zg",   "w",
};

/* Counts up to these are grades 1, 2, …; more is the one behind. */
static const uint64_t GRADES[] = {3, 10, 50, 300, 2000};

const char *dictionary_tag_name(uint32_t tag) {
    return tag < DICTIONARY_TAGS && TAGS[tag] ? TAGS[tag] : TAGS[0];
}

uint32_t dictionary_tag_number(struct span name) {
    for (uint32_t i = 1; i < DICTIONARY_TAGS && TAGS[i]; i++)
        if (span_is(name, TAGS[i]))
            return i;
    return 0;
}

uint32_t dictionary_entry(uint64_t count, uint64_t total, uint32_t tag) {
    double cost = log((double)total / (double)(count ? count : 1)) * DICTIONARY_STEP;
    uint32_t grade = 1;
    while (grade <= sizeof GRADES / sizeof *GRADES && count > GRADES[grade - 1])
        grade++;
    return dictionary_value(cost < 0     ? 0
                            : cost > 255 ? 255
                                         : (uint32_t)(cost + 0.5),
                            count ? grade : DICTIONARY_LISTED, tag);
}
