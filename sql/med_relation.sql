-- Every relation that was annotated in a text. subject_id and object_id are ids (MedMentions:
-- concepts) of med_entity in the same doc; NULL mentions: the file has none of them. CMeIE says no
-- places, and stands in med_triple too.
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
FROM cmed_source s JOIN cmeie_triples(s.path) t ON s.reader = 'cmeie'
UNION ALL
-- Between concepts: what is shown are their first mentions.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.type,
       (SELECT e.mention FROM medmentions_mentions(s.path) e
        WHERE e.pmid = t.pmid AND e.concept_id = t.arg1),
       (SELECT e.types FROM medmentions_mentions(s.path) e
        WHERE e.pmid = t.pmid AND e.concept_id = t.arg1),
       (SELECT e.mention FROM medmentions_mentions(s.path) e
        WHERE e.pmid = t.pmid AND e.concept_id = t.arg2),
       (SELECT e.types FROM medmentions_mentions(s.path) e
        WHERE e.pmid = t.pmid AND e.concept_id = t.arg2), t.arg1, t.arg2
FROM cmed_source s JOIN medmentions_relations(s.path) t ON s.reader = 'medmentions';
