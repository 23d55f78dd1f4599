/* corpus.c - medical textbooks and other running text.
 *
 *     …第一段…⏎⏎…第二段…⏎           .txt: a paragraph a line that is not blank
 *     \section{总论}⏎…            .tex: see format/tex.c */
#include "list.h"

static const struct dataset_column paragraphs[] = {
    {"paragraph", INTEGER, {"=record", "paragraph"}},
    {"text", TEXT, {"text", "text"}},
    {0},
};

const struct dataset dataset_textbooks = {
    .name = "textbooks",
    .hints = "textbook medical-books medical_text",
    .table =
        (const struct dataset_table[]){
            {"medical_text",
             "one row a paragraph of running text; LaTeX without its markup",
             {{.format = &format_lines, .shape = "skip-blank", .files = ".txt", .nameless = true},
              {.format = &format_tex, .files = ".tex", .nameless = true}},
             paragraphs},
            {0},
        },
};
