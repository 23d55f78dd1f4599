/* vocabulary.c - what comes with the English models: vocabularies, and tokens with tags.
 *
 *     [PAD]⏎…⏎[UNK]⏎…⏎##ing       a token a line; its id is the line's number from 0
 *     基因 NN O B-Gene⏎⏎          a token a line with its tag, in 2 to 4 columns; see
 * format/conll.c */
#include "list.h"

static const struct dataset_column vocabulary[] = {
    {"id", INTEGER, {"n0"}},
    {"token", TEXT, {"text"}},
    {0},
};

static const struct dataset_column tokens[] = {
    {"sentence", INTEGER, {"sentence"}},
    {"token", TEXT, {"token"}},
    {"tag", TEXT, {"tag"}},
    {0},
};

const struct dataset dataset_wordpiece = {
    .name = "wordpiece",
    .hints = "vocab",
    .table =
        (const struct dataset_table[]){
            {"wordpiece_vocab",
             "one row a token of a WordPiece vocabulary",
             {{&format_lines, .files = ".txt", .nameless = true}},
             vocabulary},
            {0},
        },
};

const struct dataset dataset_ner_tokens = {
    .name = "ner_tokens",
    .hints = "ner_tokens biobert scibert conll nerdata",
    .table =
        (const struct dataset_table[]){
            {"ner_tokens",
             "one row a token with its tag, of CoNLL columns",
             {{&format_conll, .shape = "even", .nameless = true}},
             tokens},
            {0},
        },
};
