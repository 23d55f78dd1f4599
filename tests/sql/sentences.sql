-- Tables over a text: sentences, sections, the map of normalisation, values.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM cmed_sentences('发热3天。 无咳嗽！“好转？”
血压 1.5 倍
');
SELECT * FROM cmed_sections('入院 ' || char(10) || '主  诉：头痛3天。' || char(10) || '【现病史】患者3天前起病。既往史：体健。');
SELECT m.norm_pos, m.text_pos FROM cmed_normalize_map('Ⅱ型　ＨＢ') m;
SELECT norm_pos, text_pos FROM cmed_normalize_map('ｱﾞ  ℃', 'nfkc');
SELECT count(*) = length(cmed_normalize(t.x)) FROM (SELECT '　血压１４０／９０ｍｍＨｇ，　㎎' AS x) t, cmed_normalize_map(t.x);
SELECT * FROM cmed_values('血压140/90mmHg，WBC 10.5×10^9/L，肿块3×2×1cm，阿司匹林100mg qd，T<37.5℃');
.headers off
SELECT s.sentence, v.value FROM (SELECT 1 AS id, '血压120/80mmHg。体温36.5℃。' AS text) n, cmed_sentences(n.text) s, cmed_values(s.sentence) v WHERE n.id = 1;
SELECT count(*) FROM cmed_sentences(NULL);
SELECT count(*) FROM cmed_sentences('');
SELECT sentence, typeof(sentence), in_text FROM cmed_sentences(125.5);
SELECT sentence FROM cmed_sentences('头' || char(0) || '痛。' || '吐。') LIMIT 1 OFFSET 1;
SELECT * FROM cmed_sentences;
SELECT * FROM cmed_values(CAST(x'E5A4' AS TEXT));
SELECT * FROM cmed_sections(x'41FF');
SELECT * FROM cmed_normalize_map('x', 'upside');
SELECT in_what FROM cmed_normalize_map('x', 'case');
-- The text must be known: it cannot come from the table itself.
SELECT count(*) FROM cmed_sentences s WHERE s.in_text = s.sentence;
-- Nothing of these opens a file: a view may use them.
CREATE VIEW v AS SELECT s.* FROM (SELECT '痛。吐。' AS t) x, cmed_sentences(x.t) s;
PRAGMA trusted_schema = 0;
SELECT * FROM v;
CREATE VIEW w AS SELECT cmed_load_model('a', 'b');
SELECT * FROM w;
