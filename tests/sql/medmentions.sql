-- PubTator: documents, mentions that count in code points, relations.
.mode list
.headers on
.nullvalue NULL
SELECT pmid, title, replace(abstract, char(8232), '<2028>') AS abstract FROM medmentions('samples/medmentions/corpus_pubtator.txt.gz');
SELECT * FROM medmentions_mentions('samples/medmentions/corpus_pubtator.txt.gz');
SELECT * FROM medmentions_relations('samples/medmentions/corpus_pubtator.txt.gz');
SELECT pmid, kind, start_pos, end_pos, substr(text, 1, 20) AS text, type, concept_id FROM cmed_pubtator('samples/medmentions/corpus_pubtator_dev.txt');
-- Every mention is the slice of its document.
SELECT count(*), sum(mention = substr(title || ' ' || abstract, start_pos + 1, end_pos - start_pos)) AS same
FROM medmentions_mentions('samples/medmentions/corpus_pubtator.txt.gz') JOIN medmentions('samples/medmentions/corpus_pubtator.txt.gz') USING (pmid);
-- Broken twins.
SELECT pmid, mention FROM medmentions_mentions('samples/bad/medmentions_offset.txt');
SELECT pmid FROM medmentions('samples/bad/medmentions_fields.txt');
SELECT pmid FROM medmentions('samples/bad/medmentions_title.txt');
SELECT pmid, error FROM medmentions('samples/bad/medmentions_offset.txt', NULL, 'row');
SELECT count(*) FROM medmentions('samples/bad/medmentions_cut.txt.gz');
SELECT count(*) > 0 AS rows_first FROM (SELECT pmid FROM medmentions('samples/bad/medmentions_cut.txt.gz') LIMIT 10);
