-- Running text, and tuples of BigCilin.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM medical_text('samples/textbooks/诊断学_chap01.tex');
SELECT * FROM medical_text('samples/textbooks/内科学.txt');
SELECT file, count(*) FROM medical_text('samples/textbooks') GROUP BY 1;
SELECT substr(file, 18) AS file, head, relation, tail FROM cilin('samples/bigcilin') WHERE file NOT LIKE '%bars.txt';
SELECT * FROM cilin('samples/bigcilin/bars.txt') WHERE options = '{"sep": "|"}';
SELECT tail FROM cilin('samples/bigcilin/sub_super.txt') WHERE options = '{"sep": "->"}';
SELECT file, dataset FROM cmed_files('samples/bigcilin');
-- Broken twins.
SELECT * FROM medical_text('samples/bad/medical_text.tex');
SELECT * FROM medical_text('samples/bad/medical_text.txt', 'utf-8');
SELECT * FROM medical_text('samples/bad/epidemic.csv');
SELECT * FROM cilin('samples/bad/cilin.tsv');
SELECT * FROM cilin('samples/bad/cilin_arrow.txt');
SELECT head, tail FROM cilin('samples/bad/cilin_arrow.txt', NULL, 'skip');
SELECT head FROM cilin('samples/bigcilin/pairs.txt') WHERE options = '{"sep": ""}';
SELECT head FROM cilin('samples/bigcilin/pairs.txt') WHERE options = '{"sep": "=>"}';
