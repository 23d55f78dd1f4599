-- One folder, one look: cmed_source and the views. A folder with a broken file is opened by a path that leaves it out.
.mode list
.headers on
.nullvalue NULL
SELECT cmed_open('samples/ruijin');
SELECT * FROM cmed_source;
SELECT * FROM med_document;
SELECT * FROM med_entity;
SELECT * FROM med_relation;
SELECT cmed_open('samples/packed/downloads.zip');
SELECT file, doc, folder, path FROM cmed_source;
SELECT file, doc, text1 FROM med_pair;
SELECT doc, mention FROM med_entity;
SELECT cmed_open('samples/yidu-s4k/subtask1_test_set_with_answer.json');
SELECT dataset, split, file, doc, spans FROM med_document;
SELECT doc, start_pos, end_pos, spans, type, mention FROM med_entity;
SELECT cmed_open('samples/chip2020') AS chip2020;
SELECT dataset, split, doc, text, spans FROM med_document;
SELECT dataset, split, doc, id, start_pos, end_pos, spans, type, mention FROM med_entity;
SELECT dataset, doc, type, subject, object FROM med_relation;
SELECT dataset, doc, subject, subject_type, predicate, object, object_type FROM med_triple;
SELECT dataset, doc, question, answer FROM med_qa;
SELECT cmed_open('samples/cblue') AS cblue;
SELECT dataset, split, doc, text, spans FROM med_document;
SELECT dataset, split, doc, start_pos, end_pos, type, mention FROM med_entity;
SELECT * FROM med_pair;
SELECT * FROM med_term;
SELECT * FROM med_label;
SELECT cmed_open('samples/chineseblue') AS chineseblue;
SELECT dataset, doc, text, spans FROM med_document;
SELECT dataset, doc, start_pos, end_pos, type, mention FROM med_entity;
SELECT dataset, doc, text1, text2, label FROM med_pair;
SELECT * FROM med_qa;
SELECT * FROM med_turn;
SELECT dataset, doc, text, label, typeof(label) FROM med_label;
SELECT cmed_open('samples/cmedqa2') AS cmedqa2;
SELECT * FROM med_qa;
SELECT cmed_open('samples/meddialog') AS meddialog;
SELECT * FROM med_turn;
SELECT cmed_open('samples/yidu-n7k') AS yidu_n7k;
SELECT * FROM med_term;
SELECT cmed_open('samples/toyhom') AS toyhom;
SELECT * FROM med_qa;
SELECT cmed_open('samples/pubmedqa') AS pubmedqa;
SELECT * FROM med_document;
SELECT * FROM med_qa;
SELECT cmed_open('samples/medmentions') AS medmentions;
SELECT doc, title, text, spans FROM med_document;
SELECT doc, start_pos, end_pos, spans, type, mention, concept FROM med_entity;
SELECT doc, type, subject, subject_type, object, object_type, subject_id, object_id FROM med_relation;
SELECT cmed_open('samples/mie') AS mie;
SELECT * FROM med_turn;
SELECT doc, text, label FROM med_label;
SELECT cmed_open('samples/cometa') AS cometa;
SELECT * FROM med_term;
SELECT cmed_open('samples/cmekg/triples*.?sv') AS cmekg;
SELECT * FROM med_triple;
SELECT cmed_open('samples/medkg/other') AS medkg;
SELECT * FROM med_triple;
-- A mention is its slice, whatever the file calls its end; documents and mentions meet by dataset and doc.
SELECT cmed_open('samples/[!b]*') > 60;
SELECT d.dataset, count(*), sum(substr(d.text, e.start_pos + 1, e.end_pos - e.start_pos) = e.mention)
FROM med_document d JOIN med_entity e USING (dataset, doc) WHERE dataset IN ('cmeee', 'chip2020_ner', 'cehrner', 'tcm_ner', 'medmentions') GROUP BY 1;
SELECT DISTINCT dataset, typeof(label) FROM med_pair WHERE label IS NOT NULL AND typeof(label) <> 'text';
SELECT DISTINCT speaker FROM med_turn;
-- Only files that can answer are opened: one that is broken says so when it is asked.
SELECT cmed_open('samples') > 100;
SELECT doc, text FROM med_document WHERE dataset = 'yidu_s4k' AND doc = 'yidu-s4k/subtask1_test_set_with_answer.json:1';
SELECT doc, mention FROM med_entity WHERE dataset = 'ruijin' AND doc = 'packed/downloads.zip/ruijin_round2_train/0' LIMIT 1;
SELECT count(*) FROM med_document WHERE dataset = 'nowhere';
SELECT count(*) FROM med_document WHERE dataset = 'yidu_s4k';
-- It is emptied by the next call, and kept by one that fails.
SELECT cmed_open('samples/nowhere');
SELECT cmed_open('samples/bad/empty.json');
SELECT cmed_open('samples/packed/any.xlsx');
SELECT cmed_open(NULL);
SELECT cmed_open('');
SELECT count(*) > 2 FROM cmed_source;
CREATE TABLE kept(n);
INSERT INTO kept SELECT cmed_open('samples/ruijin');
BEGIN;
SELECT cmed_open('samples/ruijin');
COMMIT;
PRAGMA query_only = 1;
SELECT cmed_open('samples/ruijin');
PRAGMA query_only = 0;
CREATE VIEW hostile AS SELECT cmed_open('samples/ruijin');
SELECT * FROM hostile;
SELECT cmed_open('samples/ruijin');
SELECT count(*) FROM cmed_source;
-- A user may say what a file is, or leave one out.
DELETE FROM cmed_source WHERE file NOT LIKE '%/123_1.ann';
SELECT DISTINCT doc FROM med_entity;
DROP VIEW med_entity;
SELECT cmed_open('samples/ruijin');
SELECT count(*) FROM med_entity;
