-- Parts: each row is of exactly one part, and the parts together are the whole.
.mode list
.headers on
.nullvalue NULL
WITH RECURSIVE p(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM p WHERE k < 4)
SELECT k, group_concat(question_id) FROM p LEFT JOIN cmedqa_questions('samples/cmedqa2/question.csv', NULL, NULL, k, 4) GROUP BY k;
WITH RECURSIVE p(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM p WHERE k < 3)
SELECT k, group_concat(doc || ':' || turn) FROM p LEFT JOIN cmdd_turns('samples/chineseblue/CMDD', NULL, NULL, k, 3) GROUP BY k;
WITH RECURSIVE p(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM p WHERE k < 5)
SELECT count(*), count(DISTINCT id) FROM p JOIN kuake_qqr('samples/cblue/KUAKE-QQR/KUAKE-QQR_train.json', NULL, NULL, k, 5);
WITH RECURSIVE p(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM p WHERE k < 5)
SELECT count(*), sum(n) FROM (SELECT k, count(*) AS n FROM p JOIN yidu_s4k_entities('samples/packed/yidu-s4k_part1.txt.gz', NULL, NULL, k, 5) GROUP BY k);
WITH RECURSIVE p(k) AS (VALUES (1) UNION ALL SELECT k + 1 FROM p WHERE k < 2)
SELECT k, count(code) FROM p LEFT JOIN icd10('samples/icd10/国际疾病分类 ICD-10.xlsx', NULL, NULL, k, 2) GROUP BY k;
SELECT doc, turn FROM cmdd_turns('samples/chineseblue/CMDD') WHERE part = 1 AND parts = 2;
SELECT part, parts, question_id FROM cmedqa_questions('samples/cmedqa2/question.csv', NULL, NULL, 2, 2);
SELECT * FROM cmedqa_questions('samples/cmedqa2/question.csv', NULL, NULL, 1);
SELECT * FROM cmedqa_questions('samples/cmedqa2/question.csv', NULL, NULL, 0, 4);
SELECT * FROM cmedqa_questions('samples/cmedqa2/question.csv', NULL, NULL, 5, 4);
