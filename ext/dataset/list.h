/* The datasets by name, in the order of the list. */
#ifndef CMED_DATASET_LIST_H
#define CMED_DATASET_LIST_H

#include "dataset.h"

extern const struct dataset dataset_yidu_s4k;
extern const struct dataset dataset_ruijin;
extern const struct dataset dataset_tcm_ner;
extern const struct dataset dataset_yidu_n7k;
extern const struct dataset dataset_cmedqa;
extern const struct dataset dataset_chip2019;
extern const struct dataset dataset_covid_pairs;
extern const struct dataset dataset_meddialog;
extern const struct dataset dataset_toyhom;
extern const struct dataset dataset_chip2020_ner;
extern const struct dataset dataset_cmeie;
extern const struct dataset dataset_chip_cdn;
extern const struct dataset dataset_chip2020_epidemic;
extern const struct dataset dataset_tcm_questions;
extern const struct dataset dataset_cehrner;
extern const struct dataset dataset_cmedqaner;
extern const struct dataset dataset_cmedqq;
extern const struct dataset dataset_cmedqnli;
extern const struct dataset dataset_chineseblue_cmedqa;
extern const struct dataset dataset_cmedir;
extern const struct dataset dataset_cmedic;
extern const struct dataset dataset_cmedtc;
extern const struct dataset dataset_cmdd;
extern const struct dataset dataset_cmeee;
extern const struct dataset dataset_chip_sts;
extern const struct dataset dataset_chip_ctc;
extern const struct dataset dataset_kuake_qic;
extern const struct dataset dataset_kuake_qtr;
extern const struct dataset dataset_kuake_qqr;
extern const struct dataset dataset_cmekg;
extern const struct dataset dataset_medkg;
extern const struct dataset dataset_pubmedqa;
extern const struct dataset dataset_cometa;
extern const struct dataset dataset_medmentions;
extern const struct dataset dataset_mie;
extern const struct dataset dataset_wordpiece;
extern const struct dataset dataset_ner_tokens;
extern const struct dataset dataset_textbooks;
extern const struct dataset dataset_cilin;
extern const struct dataset dataset_word_vectors;
extern const struct dataset dataset_icd10;
extern const struct dataset dataset_seg_corpus;
extern const struct dataset dataset_generic;

#endif
