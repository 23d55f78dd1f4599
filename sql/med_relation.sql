-- Every relation that was annotated in a text. subject_id and object_id are ids of med_entity in
-- the same doc; NULL mentions: the file has no entity of that id. CMeIE says no places, and stands
-- in med_triple too.
CREATE TEMP VIEW IF NOT EXISTS
med_relation(dataset, split, file, doc, type, subject, subject_type, object, object_type,
             subject_id, object_id) AS
SELECT s.dataset, s.split, s.file, t.doc, t.type, a.mention, a.type, b.mention, b.type,
       t.arg1, t.arg2
FROM cmed_source s JOIN ruijin_relations(s.path) t ON s.reader = 'ruijin_entities'
     LEFT JOIN ruijin_entities(s.path) a ON a.id = t.arg1
     LEFT JOIN ruijin_entities(s.path) b ON b.id = t.arg2
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, t.predicate, t.subject, t.subject_type, t.object,
       t.object_type, NULL, NULL
FROM cmed_source s JOIN cmeie_triples(s.path) t ON s.reader = 'cmeie';
