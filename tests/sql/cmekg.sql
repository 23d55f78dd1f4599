-- CMeKG in every shape that people keep it in.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM cmekg_triples('samples/cmekg/reply/慢性胃炎.json');
SELECT * FROM cmekg_triples('samples/cmekg/reply/tree_map.json');
SELECT * FROM cmekg_triples('samples/cmekg/疾病.json');
SELECT * FROM cmekg_triples('samples/cmekg/疾病/偏头痛.json');
SELECT * FROM cmekg_triples('samples/cmekg/concepts.jsonl');
SELECT * FROM cmekg_triples('samples/cmekg/train_example.json');
SELECT * FROM cmekg_triples('samples/cmekg/triples.json');
SELECT * FROM cmekg_triples('samples/cmekg/triples_array.json');
SELECT * FROM cmekg_triples('samples/cmekg/triples.csv');
SELECT * FROM cmekg_triples('samples/cmekg/triples_plain.csv');
SELECT * FROM cmekg_triples('samples/cmekg/triples5.csv');
SELECT * FROM cmekg_triples('samples/cmekg/triples.tsv');
SELECT * FROM cmekg_triples('samples/cmekg/triples5.tsv');
SELECT substr(file, 15) AS file, count(*), count(subject_type) FROM cmekg_triples('samples/cmekg') GROUP BY 1;
-- Drugs that are given for a disease, joined on the files themselves.
SELECT t.object AS drug, i.object AS indication FROM cmekg_triples('samples/cmekg/疾病.json') t
JOIN cmekg_triples('samples/cmekg/疾病.json') i ON i.subject = t.object WHERE t.predicate = '药物治疗';
-- Broken twins.
SELECT * FROM cmekg_triples('samples/bad/cmekg_reply.json');
SELECT * FROM cmekg_triples('samples/bad/cmekg_concept.jsonl');
SELECT * FROM cmekg_triples('samples/bad/cmekg_groups.json');
SELECT * FROM cmekg_triples('samples/bad/cmekg_groups_end.json');
SELECT * FROM cmekg_triples('samples/bad/cmekg_spo.json');
SELECT * FROM cmekg_triples('samples/bad/cmekg_triples.json');
SELECT * FROM cmekg_triples('samples/bad/cmekg_fields.tsv');
SELECT object, error FROM cmekg_triples('samples/bad/cmekg_groups.json', NULL, 'row');
SELECT count(*) FROM cmekg_triples('samples/bad/cmekg_fields.tsv', NULL, 'skip');
