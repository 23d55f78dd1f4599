-- Knowledge graphs that are used in CMeKG's place: a mongoexport, and a sheet whose cells are lists.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM medkg_triples('samples/medkg/medical.json');
SELECT * FROM medkg_triples('samples/medkg/other/medical_points.jsonl');
SELECT * FROM medkg_triples('samples/medkg/disease.csv');
SELECT predicate, count(*) FROM medkg_triples('samples/medkg') WHERE subject = '偏头痛' GROUP BY 1;
SELECT DISTINCT a.subject, b.subject, a.object FROM medkg_triples('samples/medkg/medical.json') a
JOIN medkg_triples('samples/medkg/other/medical_points.jsonl') b ON a.object = b.object;
-- Broken twins.
SELECT * FROM medkg_triples('samples/bad/medkg.json') WHERE predicate = 'get_prob';
SELECT * FROM medkg_triples('samples/bad/medkg_name.json') WHERE predicate = 'get_prob';
SELECT * FROM medkg_triples('samples/bad/medkg_fields.csv') WHERE predicate = 'part';
SELECT * FROM medkg_triples('samples/bad/medkg_byte.csv', 'gb18030') WHERE subject = '慢性胃炎';
SELECT * FROM medkg_triples('samples/bad/medkg_byte.csv', 'gb18030', 'row') WHERE subject IS NOT '偏头痛';
