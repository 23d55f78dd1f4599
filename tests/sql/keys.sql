-- Look-ups: by = and IN, with affinity and collation, first by a scan, then by an index; the answers are the same.
.mode list
.headers on
.nullvalue NULL
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = 101;
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = '101';
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = 101.0;
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = 101.5;
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = 'x';
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = NULL;
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id IN (103, 102, 103, NULL) ORDER BY 1;
SELECT ans_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id NOT IN (103, 102);
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE label = 1;
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE label = '1' AND category = 'hypertension';
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE category = 'HYPERTENSION';
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE category = 'HYPERTENSION' COLLATE NOCASE;
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE category = 'hypertension ' COLLATE RTRIM;
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE category = x'68';
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_test.json') WHERE label IS NULL;
-- Each value of v is looked up anew: the first time by a scan, then by an index.
WITH v(k) AS (VALUES (101), (102), (103), (104), (NULL), ('103'))
SELECT k, (SELECT group_concat(ans_id) FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = k) AS answers FROM v;
WITH v(k) AS (VALUES ('DIABETES'), ('hypertension'), ('AIDS'), ('diabetes'))
SELECT k, (SELECT group_concat(id) FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE category = k COLLATE NOCASE) AS ids,
  (SELECT group_concat(id) FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE category = k) AS exact FROM v;
WITH v(k) AS (VALUES (1), (2), (3))
SELECT k, (SELECT count(*) FROM cmedqa_candidates('samples/cmedqa2/test_candidates.zip') WHERE ans_id IN (k, k - 1, 0) AND label = 0) AS n FROM v;
WITH v(d, k) AS (VALUES ('ruijin_round1_train2_20181022/0', 'T1'), ('ruijin_round1_train2_20181022/123_1', 'T1'), ('ruijin_round1_train2_20181022/0', 'T4'), ('ruijin_round1_train2_20181022/0', 'T99'))
SELECT d, k, (SELECT mention FROM ruijin_entities('samples/ruijin') WHERE doc = d AND id = k) AS mention FROM v;
SELECT type, mention FROM ruijin_entities('samples/ruijin') WHERE doc = 'ruijin_round1_train2_20181022/123_1';
SELECT count(*) FROM ruijin_entities('samples/ruijin') WHERE doc = 'nothing';
-- The index is bounded: without room the scan answers, slowly.
SELECT cmed_config('index_memory', 0);
WITH v(k) AS (VALUES (101), (102), (103))
SELECT k, (SELECT group_concat(ans_id) FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE question_id = k) AS answers FROM v;
-- An error of a record is one, looked up or not.
SELECT cmed_config('index_memory', 1000000);
SELECT ans_id FROM cmedqa_candidates('samples/bad/cmedqa_integer.txt') WHERE label = 7;
WITH v(k) AS (VALUES (1), (2)) SELECT k, (SELECT count(*) FROM cmedqa_answers('samples/bad/cmedqa_fields.csv') WHERE ans_id = k) FROM v;
-- An index is of what all arguments say, not of the path alone: of the part, of the quote character.
WITH p(k) AS (VALUES (1), (2), (3), (2), (1)) SELECT k, (SELECT group_concat(record) FROM cmedqa_answers('samples/cmedqa2/answer.csv', NULL, NULL, k, 3) WHERE question_id IN (101, 102, 103)) AS records FROM p;
WITH v(k) AS (VALUES ('头痛'), ('"头痛"'), ('头痛'), ('"头痛"')) SELECT k, (SELECT group_concat(question_id) FROM cmedqa_questions('samples/bad/cmedqa_quotes.csv') WHERE content = k) AS quoted,
  (SELECT group_concat(question_id) FROM cmedqa_questions('samples/bad/cmedqa_quotes.csv', NULL, NULL, NULL, NULL, '{"quote": ""}') WHERE content = k) AS unquoted FROM v;
-- What is left out as broken depends on the columns that a statement wants: an index is of those.
WITH v(k) AS (VALUES (0), (1), (2), (3)) SELECT k, (SELECT group_concat(ans_id || '/' || question_id) FROM cmedqa_answers('samples/bad/cmedqa_cells.csv', NULL, 'skip') WHERE ans_id = k) AS both,
  (SELECT group_concat(ans_id) FROM cmedqa_answers('samples/bad/cmedqa_cells.csv', NULL, 'skip') WHERE ans_id = k) AS one FROM v;
WITH v(k) AS (VALUES (0), (1), (2), (3)) SELECT k, (SELECT group_concat(ans_id || '/' || question_id) FROM cmedqa_answers('samples/bad/cmedqa_cells.csv', NULL, 'skip') WHERE ans_id = k) AS both FROM v;
-- OR, and paths that come from a table.
SELECT ans_id, question_id FROM cmedqa_answers('samples/cmedqa2/answer.csv') WHERE ans_id = 2 OR question_id = 101 ORDER BY 1;
WITH v(p, k) AS (VALUES ('samples/cmedqa2/answer.csv', 102), ('samples/cmedqa2/answer.csv', 103)) SELECT v.k, ans_id FROM v LEFT JOIN cmedqa_answers(v.p) AS a ON a.question_id = v.k OR a.ans_id = 0 ORDER BY 1, 2;
-- A record of several rows cannot be gone back to by its place: its rows are kept.
SELECT v.column1, group_concat(id, ' ') FROM (VALUES ('T'), ('R'), ('T')) AS v JOIN cmed_brat('samples/ruijin/ruijin_round1_train2_20181022/123_1.ann') ON kind = v.column1 GROUP BY 1 ORDER BY 1;
-- A row keeps its number whatever is looked up: FULL JOIN tells by it which rows were joined.
SELECT q.question_id, a.ans_id, a.rowid FROM cmedqa_questions('samples/cmedqa2/question.csv') AS q FULL JOIN cmedqa_answers('samples/cmedqa2/answer.csv') AS a ON a.question_id = q.question_id AND q.question_id <> 101 ORDER BY 1, 2;
-- A TEXT column against a number: as texts where the number is a literal, as numbers where it is an INTEGER column; '01' is 1 there, once.
CREATE TEMP TABLE n(i INTEGER, r REAL, b);
INSERT INTO n VALUES (1, 1, 1), (100, 0.5, '01'), (0, 1, 1);
SELECT code FROM yidu_n7k_codes('samples/bad/numbers.txt') WHERE code = 1;
SELECT n.rowid, code FROM n CROSS JOIN yidu_n7k_codes('samples/bad/numbers.txt') ON code = n.i ORDER BY 1, 2;
SELECT n.rowid, code FROM n CROSS JOIN yidu_n7k_codes('samples/bad/numbers.txt') ON code = n.r ORDER BY 1, 2;
SELECT code FROM yidu_n7k_codes('samples/bad/numbers.txt') WHERE code IN (SELECT b FROM n) ORDER BY 1;
SELECT code FROM yidu_n7k_codes('samples/bad/numbers.txt') WHERE code IN (SELECT i FROM n) ORDER BY 1;
