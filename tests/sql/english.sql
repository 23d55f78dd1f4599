-- PubMedQA, COMETA, MIE, and what comes with the English models.
.mode list
.headers on
.nullvalue NULL
SELECT pmid, question, year, final_decision, reasoning_required_pred, reasoning_free_pred, long_answer FROM pubmedqa('samples/pubmedqa/ori_pqal.json');
SELECT pmid, json_array_length(contexts) AS contexts, labels ->> 0 AS label, meshes ->> 0 AS mesh FROM pubmedqa('samples/pubmedqa/ori_pqal.json');
SELECT pmid, year, final_decision, long_answer FROM pubmedqa('samples/pubmedqa/ori_pqau.json');
SELECT * FROM pubmedqa_contexts('samples/pubmedqa/ori_pqal.json');
SELECT pmid, final_decision, question FROM pubmedqa('samples/pubmedqa/test_ground_truth.json');
SELECT t.pmid, t.final_decision = q.final_decision AS same FROM pubmedqa('samples/pubmedqa/test_ground_truth.json') t
JOIN pubmedqa('samples/pubmedqa/ori_pqal.json') q USING (pmid);
SELECT file, count(*) FROM pubmedqa('samples/pubmedqa') GROUP BY 1;
SELECT dialogue, window_no, utterances ->> 4 AS last FROM mie('samples/mie/dev.json');
SELECT * FROM mie_labels('samples/mie/dev.json');
SELECT m.dialogue, m.window_no, count(l.item) AS labels FROM mie('samples/mie/dev.json') m
LEFT JOIN mie_labels('samples/mie/dev.json') l USING (dialogue, window_no) GROUP BY 1, 2;
SELECT window_no FROM mie('samples/mie/dev.json') WHERE dialogue = 2;
SELECT * FROM cometa('samples/cometa');
SELECT id FROM cometa('samples/cometa') WHERE general_snomed_id = 1182999999000132104;
SELECT * FROM wordpiece_vocab('samples/bert/vocab.txt');
SELECT * FROM ner_tokens('samples/bert/NERdata/train.tsv');
SELECT * FROM ner_tokens('samples/bert/NERdata/scibert.txt');
-- Broken twins.
SELECT pmid FROM pubmedqa('samples/bad/pubmedqa.json');
SELECT pmid FROM pubmedqa('samples/bad/pubmedqa_question.json');
SELECT pmid FROM pubmedqa('samples/bad/pubmedqa_pmid.json');
SELECT pmid, seq FROM pubmedqa_contexts('samples/bad/pubmedqa_question.json');
SELECT pmid, final_decision FROM pubmedqa('samples/bad/pubmedqa_truth.json');
SELECT dialogue, window_no FROM mie('samples/bad/mie.json');
SELECT dialogue, window_no FROM mie('samples/bad/mie_utterances.json');
SELECT * FROM cometa('samples/bad/cometa.csv');
SELECT * FROM cometa('samples/bad/cometa_fields.csv');
SELECT * FROM cometa('samples/bad/cometa_header.csv');
SELECT * FROM wordpiece_vocab('samples/bad/wordpiece.txt', 'utf-8');
SELECT * FROM ner_tokens('samples/bad/ner_tokens.txt');
SELECT * FROM ner_tokens('samples/bad/ner_tokens_columns.txt');
