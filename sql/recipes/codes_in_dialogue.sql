-- Which coded terms are spoken of in consultations? Every term of the Yidu codes and of ICD-10 that
-- stands in an utterance as it is written; where one lies in another, the longer one. Terms of one
-- character say too little. The two characters at each place of an utterance are looked up, and the
-- terms that begin so compared.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
CREATE TEMP TABLE code AS
SELECT standard, length(standard) AS size, substr(standard, 1, 2) AS head, min(code) AS code,
       group_concat(DISTINCT dataset) AS codes
FROM med_term
WHERE code IS NOT NULL AND length(standard) > 1 AND dataset IN ('yidu_n7k', 'icd10')
GROUP BY standard;
CREATE INDEX temp.code_head ON code(head);
CREATE TEMP TABLE turn AS SELECT dataset, doc, turn, speaker, text FROM med_turn;
WITH RECURSIVE
place(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM place
             WHERE i < (SELECT max(length(text)) FROM turn)),
found AS MATERIALIZED (
    SELECT u.rowid AS said, u.*, p.i AS start_pos, p.i + c.size AS end_pos, c.*
    FROM turn u JOIN place p ON p.i < length(u.text)
         JOIN code c ON c.head = substr(u.text, p.i, 2)
                        AND c.standard = substr(u.text, p.i, c.size)
)
SELECT dataset, doc, turn, speaker, codes, code, standard, text FROM found f
WHERE NOT EXISTS (SELECT 1 FROM found g WHERE g.said = f.said AND g.start_pos <= f.start_pos
                  AND g.end_pos >= f.end_pos
                  AND g.end_pos - g.start_pos > f.end_pos - f.start_pos)
ORDER BY dataset, doc, turn, start_pos;
