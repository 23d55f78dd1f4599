/* list.c - every dataset, a line each. */
#include "list.h"

const struct dataset *const dataset_list[] = {
    &dataset_yidu_s4k,
    &dataset_ruijin,
    &dataset_tcm_ner,
    &dataset_yidu_n7k,
    &dataset_cmedqa,
    &dataset_chip2019,
    &dataset_covid_pairs,
    &dataset_meddialog,
    &dataset_toyhom,
    &dataset_chip2020_ner,
    &dataset_cmeie,
    &dataset_chip_cdn,
    &dataset_chip2020_epidemic,
    &dataset_tcm_questions,
    &dataset_cehrner,
    &dataset_cmedqaner,
    &dataset_cmedqq,
    &dataset_cmedqnli,
    &dataset_chineseblue_cmedqa,
    &dataset_cmedir,
    &dataset_cmedic,
    &dataset_cmedtc,
    &dataset_cmdd,
    &dataset_cmeee,
    &dataset_chip_sts,
    &dataset_chip_ctc,
    &dataset_kuake_qic,
    &dataset_kuake_qtr,
    &dataset_kuake_qqr,
    &dataset_cmekg,
    &dataset_medkg,
    &dataset_pubmedqa,
    &dataset_cometa,
    &dataset_medmentions,
    &dataset_mie,
    &dataset_wordpiece,
    &dataset_ner_tokens,
    &dataset_textbooks,
    &dataset_cilin,
    &dataset_word_vectors,
    &dataset_icd10,
    &dataset_seg_corpus,
    &dataset_generic,
    NULL,
};

unsigned dataset_columns(const struct dataset_table *t) {
    unsigned n = 0;
    while (t->column[n].name)
        n++;
    return n;
}

unsigned dataset_layouts(const struct dataset_table *t) {
    unsigned n = 0;
    while (n < DATASET_LAYOUTS_MAX && (t->layout[n].format || t->layout[n].shape))
        n++;
    return n;
}

const struct dataset *dataset_of(const struct dataset_table *table) {
    for (size_t i = 0; dataset_list[i]; i++)
        for (const struct dataset_table *t = dataset_list[i]->table; t->name; t++)
            if (t == table)
                return dataset_list[i];
    return NULL;
}
