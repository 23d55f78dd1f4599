-- Vectors as values, and the nearest of many.
.mode list
.headers on
.nullvalue NULL
SELECT hex(cmed_vec('[1, -0.5]')), cmed_vec_json(cmed_vec('[0.1,2e3,-7]')), cmed_vec_json(x'0000803f');
SELECT cmed_vec_cosine(cmed_vec('[3,4]'), cmed_vec('[4,3]')) AS cosine, cmed_vec_dot(cmed_vec('[3,4]'), cmed_vec('[4,3]')) AS dot, cmed_vec_l2(cmed_vec('[3,4]'), cmed_vec('[0,0]')) AS l2;
SELECT cmed_vec(NULL), cmed_vec_json(NULL), cmed_vec_cosine(NULL, x'0000803f'), cmed_vec_cosine(cmed_vec('[0,0]'), cmed_vec('[1,1]'));
SELECT cmed_vec_json(cmed_vec_avg(v)) FROM (SELECT cmed_vec(column1) AS v FROM (VALUES ('[1,2]'), ('[3,-2]'), (NULL)));
SELECT cmed_vec_avg(NULL);
CREATE VIRTUAL TABLE temp.v USING cmed_vectors(2);
INSERT INTO v(rowid, vector) VALUES (7, cmed_vec('[1,0]')), (9, cmed_vec('[5,5]')), (11, cmed_vec('[0,0]')), (12, cmed_vec('[-1,0]'));
SELECT rowid, round(distance, 4) AS distance, cmed_vec_json(vector) AS vector FROM v(cmed_vec('[2,1.9]'), 5);
SELECT rowid FROM v(cmed_vec('[-1,0.1]'), 1);
SELECT q.id, v.rowid FROM (SELECT 1 AS id, cmed_vec('[0,1]') AS q UNION ALL SELECT 2, cmed_vec('[1,0]')) q JOIN v(q.q, 1) v;
SELECT rowid, cmed_vec_json(vector), distance FROM v;
SELECT rowid FROM v ORDER BY cmed_vec_cosine(vector, cmed_vec('[1,0.1]')) DESC LIMIT 2;
UPDATE v SET vector = cmed_vec('[0,1]') WHERE rowid = 12;
DELETE FROM v WHERE rowid = 9;
SELECT rowid FROM v(cmed_vec('[0.1,1]'), 2);
BEGIN;
DELETE FROM v;
SELECT count(*) FROM v(cmed_vec('[1,1]'));
ROLLBACK;
SELECT count(*) FROM v(cmed_vec('[1,1]'));
SELECT count(*) FROM v(NULL);
CREATE VIRTUAL TABLE words USING cmed_vectors(1);
INSERT INTO words(vector) VALUES (cmed_vec('[1]')), (cmed_vec('[-1]'));
SELECT rowid, distance FROM words(cmed_vec('[2]'));
DROP TABLE words;
SELECT count(*) FROM sqlite_schema;
-- What is refused.
SELECT cmed_vec('[1,');
SELECT cmed_vec('{}');
SELECT cmed_vec_json(x'0102');
SELECT cmed_vec_json('[1]');
SELECT cmed_vec_json(x'0000807f');
SELECT cmed_vec_cosine(cmed_vec('[1]'), cmed_vec('[1,2]'));
INSERT INTO v(vector) VALUES (cmed_vec('[1]'));
INSERT INTO v(vector) VALUES ('[1,2]');
INSERT INTO v(vector) VALUES (x'0000807f0000803f');
SELECT * FROM v(cmed_vec('[1]'));
SELECT * FROM v(cmed_vec('[1,1]'), -1);
CREATE VIRTUAL TABLE temp.w USING cmed_vectors;
CREATE VIRTUAL TABLE temp.w USING cmed_vectors(0);
CREATE VIRTUAL TABLE temp.w USING cmed_vectors(many);
