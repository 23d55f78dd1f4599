-- Ruijin: brat pairs, mentions in pieces, a GB18030 file with blanks for TABs, drug leaflets.
.mode list
.headers on
.nullvalue NULL
SELECT doc, length(text) AS n, text FROM ruijin('samples/ruijin');
SELECT * FROM ruijin_entities('samples/ruijin');
SELECT * FROM ruijin_relations('samples/ruijin');
SELECT r.type, a.mention, b.mention FROM ruijin_relations('samples/ruijin') r
  JOIN ruijin_entities('samples/ruijin') a ON a.doc = r.doc AND a.id = arg1
  JOIN ruijin_entities('samples/ruijin') b ON b.doc = r.doc AND b.id = arg2;
SELECT doc, type, mention FROM ruijin_entities('samples/ruijin/ruijin_round1_train2_20181022/123_1.ann');
SELECT * FROM tcm_ner('samples/chip2020/tcm_ner');
SELECT * FROM tcm_ner_entities('samples/chip2020/tcm_ner');
SELECT * FROM tcm_ner('samples/chip2020/tcm_ner_converted.json');
SELECT * FROM tcm_ner_entities('samples/chip2020/tcm_ner_converted.json');
SELECT kind, id, type, spans, text, args FROM cmed_brat('samples/ruijin/ruijin_round1_train2_20181022/123_1.ann');
