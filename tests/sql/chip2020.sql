-- CHIP2020: marks, relations, terms, counts, questions.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM chip2020_ner('samples/chip2020/ner_train_data.txt');
SELECT * FROM chip2020_ner_entities('samples/chip2020/ner_train_data.txt');
SELECT * FROM chip2020_ner('samples/chip2020/ner_test1.txt');
SELECT count(*) FROM chip2020_ner_entities('samples/chip2020/ner_test1.txt');
SELECT * FROM cmeie('samples/chip2020/cmeie_val_data.json');
SELECT * FROM cmeie_triples('samples/chip2020/cmeie_val_data.json');
SELECT * FROM cmeie_triples('samples/cblue/CMeIE/CMeIE_train.json');
SELECT replace(text, char(4), '<4>') AS text, normalized_result FROM chip_cdn('samples/cblue/CHIP-CDN/CHIP-CDN_train.json');
SELECT length(text), normalized_result FROM chip_cdn('samples/cblue/CHIP-CDN/CHIP-CDN_test.json');
SELECT * FROM chip2020_epidemic('samples/chip2020/epidemic.csv');
SELECT * FROM tcm_questions('samples/chip2020/tcm_question_generation.json');
