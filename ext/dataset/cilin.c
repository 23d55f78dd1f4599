/* cilin.c - BigCilin: entities and the concepts above them, as the people who had it keep it.
 *
 *     肺炎 TAB 疾病      肺炎 TAB 属于 TAB 疾病      肺炎;疾病      肺炎->疾病      肺炎 疾病
 *     肺炎 疾病 属于                        three with blanks between: head, tail, relation
 *
 * The first shape that one of the first lines has is the file's. options.sep goes before them. */
#include "list.h"

enum cilin_layout { TAB_3, TAB_2, SEMICOLON_3, SEMICOLON_2, ARROW, BLANK_3, BLANK_2 };

#define CILIN(of_3, of_2, of_blanks)                                                               \
    {                                                                                              \
        [TAB_3] = of_3, [TAB_2] = of_2, [SEMICOLON_3] = of_3, [SEMICOLON_2] = of_2,                \
        [ARROW] = of_2, [BLANK_3] = of_blanks, [BLANK_2] = of_2                                    \
    }

static const struct dataset_column tuples[] = {
    {"head", TEXT, CILIN("#1", "#1", "#1")},
    {"relation", TEXT, CILIN("#2", NULL, "#3")},
    {"tail", TEXT, CILIN("#3", "#2", "#2")},
    {0},
};

#define CILIN_CSV(settings)                                                                        \
    { .format = &format_csv, .shape = settings " noheader noquote", .nameless = true }

const struct dataset dataset_cilin = {
    .name = "cilin",
    .hints = "cilin",
    .table =
        (const struct dataset_table[]){
            {"cilin",
             "one row a tuple: an entity and its concept, or a relation between them",
             {[TAB_3] = CILIN_CSV("sep=TAB fields=3"),
              [TAB_2] = CILIN_CSV("sep=TAB fields=2"),
              [SEMICOLON_3] = CILIN_CSV("sep=; fields=3"),
              [SEMICOLON_2] = CILIN_CSV("sep=; fields=2"),
              [ARROW] = {.format = &format_tuple, .shape = "-> 2", .nameless = true},
              [BLANK_3] = CILIN_CSV("sep=blank fields=3"),
              [BLANK_2] = CILIN_CSV("sep=blank fields=2")},
             tuples},
            {0},
        },
};
