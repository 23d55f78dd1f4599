-- Standard terms: inserted with codes and aliases, asked by mentions.
.mode list
.headers on
.nullvalue NULL
CREATE VIRTUAL TABLE temp.t USING cmed_terms;
INSERT INTO t(code, term) VALUES ('C50.9', '乳腺恶性肿瘤'), ('I10', '原发性高血压'), ('E11', '2型糖尿病'), ('N18', '慢性肾脏病'), ('K29.5', '慢性胃炎'), ('K25', '胃溃疡');
SELECT code, term, alias, piece FROM t('左侧乳腺癌', 1);
SELECT code, term, round(score, 3) AS score, piece FROM t('高血压3级、Ⅱ型糖尿病伴CKD');
SELECT code, round(score, 3) AS score FROM t('慢性胃炎', 2);
SELECT m.column1 AS text, t.code, t.alias FROM (VALUES ('胃溃疡'), ('糖尿病2型'), (NULL), ('')) m JOIN t(m.column1, 1) t;
SELECT count(*) FROM t('慢性', 0);
SELECT count(*), count(DISTINCT code) FROM t('慢性');
SELECT mention, k FROM t('胃溃疡', 1);
-- What people coded before are aliases.
INSERT INTO t(rowid, code, term) VALUES (50, 'I10', '血压高'), (51, 'N18', '尿毒症');
SELECT code, term, alias FROM t('尿毒症期', 1);
SELECT code FROM t('血压偏高', 1);
UPDATE t SET term = '肾功能衰竭' WHERE rowid = 51;
SELECT code, alias FROM t('肾衰', 1);
DELETE FROM t WHERE rowid IN (50, 51);
SELECT count(*) FROM t('尿毒症期');
SELECT rowid, * FROM t WHERE rowid = 3;
SELECT rowid, code, term, score FROM t;
-- An answer's rowid is that of the term that matched.
SELECT rowid, code FROM t('胃溃疡', 1);
-- What is rolled back was never there.
BEGIN;
INSERT INTO t(code, term) VALUES ('J18', '肺炎');
SELECT code FROM t('肺炎', 1);
SAVEPOINT s;
DELETE FROM t WHERE code = 'J18';
SELECT count(*) FROM t('肺炎', 1);
ROLLBACK TO s;
SELECT code FROM t('肺炎', 1);
ROLLBACK;
SELECT count(*) FROM t('肺炎', 1) WHERE code = 'J18';
-- In a database, under other options, renamed and dropped; a view may use it.
CREATE VIRTUAL TABLE icd USING cmed_terms(method = bm25, normalize = 'width,case', synonyms = 0, split = 0, learn = 0);
INSERT INTO icd(code, term) SELECT code, term FROM t;
CREATE VIEW best AS SELECT code FROM icd('慢性胃病', 1);
SELECT * FROM best;
ALTER TABLE icd RENAME TO codes;
SELECT code FROM codes('慢性胃病', 1);
SELECT name FROM sqlite_schema WHERE name LIKE '%rows' ORDER BY 1;
DROP VIEW best;
DROP TABLE codes;
SELECT count(*) FROM sqlite_schema;
-- What is refused.
INSERT INTO t(code, term) VALUES ('X', NULL);
INSERT INTO t(rowid, code, term) VALUES (1, 'X', 'x');
INSERT OR REPLACE INTO t(rowid, code, term) VALUES (1, 'C50.9', '乳房恶性肿瘤');
SELECT term FROM t WHERE rowid = 1;
SELECT * FROM t('胃', -1);
SELECT * FROM t('胃', 'x');
SELECT * FROM t('胃', 1001);
CREATE VIRTUAL TABLE temp.u USING cmed_terms(method = soundex);
CREATE VIRTUAL TABLE temp.u USING cmed_terms(weight = 3);
CREATE VIRTUAL TABLE temp.u USING cmed_terms(split = 2);
CREATE VIRTUAL TABLE temp.u USING cmed_terms(normalize = 'stem');
