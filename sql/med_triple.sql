-- Every statement of a knowledge graph, and those that CMeIE finds in texts.
CREATE TEMP VIEW IF NOT EXISTS
med_triple(dataset, split, file, doc, subject, subject_type, predicate, object, object_type) AS
SELECT s.dataset, s.split, s.file, t.doc, t.subject, t.subject_type, t.predicate, t.object,
       t.object_type
FROM cmed_source s JOIN cmeie_triples(s.path) t ON s.reader = 'cmeie'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.subject, t.subject_type,
       t.predicate, t.object, t.object_type
FROM cmed_source s JOIN cmekg_triples(s.path) t ON s.reader = 'cmekg_triples'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.subject, NULL, t.predicate, t.object,
       NULL
FROM cmed_source s JOIN medkg_triples(s.path) t ON s.reader = 'medkg_triples'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.head, NULL, t.relation, t.tail,
       NULL
FROM cmed_source s JOIN cilin(s.path) t ON s.reader = 'cilin';
