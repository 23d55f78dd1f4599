-- Words in FTS5.
.mode list
.headers off
.nullvalue NULL
CREATE VIRTUAL TABLE note USING fts5(text, tokenize='cmed');
INSERT INTO note VALUES('患者有2型糖尿病，合并肺动脉高压。'), ('肺动脉血栓，ＨｂＡ１ｃ 7.2％'), ('Ⅱ型糖尿病3年'), ('高血压病史，体温38.5℃'), ('头痛三天。'), (''), (NULL);
CREATE VIRTUAL TABLE term USING fts5vocab(note, instance);
SELECT doc, offset, group_concat(term, ' ') FROM (SELECT * FROM term ORDER BY doc, offset, term) GROUP BY doc, offset;
INSERT INTO note(note) VALUES('integrity-check');
-- Words, parts of words, phrases, prefixes; the offsets are those of the text as it is.
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '糖尿病';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '"二型糖尿病"';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '动脉高压';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '肺动脉高压 OR 动脉';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '肺动*';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '2型糖*';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH 'hba*';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '"38.5℃" + "x" OR 体温';
SELECT rowid, highlight(note, 0, '[', ']') FROM note WHERE note MATCH '头疼 OR 糖';
SELECT rowid, snippet(note, 0, '[', ']', '…', 3) FROM note WHERE note MATCH '高压';
SELECT rowid FROM note WHERE note MATCH '糖尿病 NOT 合并';
SELECT rowid FROM note WHERE note MATCH 'NEAR(糖尿病 高压)';
SELECT rowid, bm25(note) < 0 FROM note WHERE note MATCH '糖尿病' ORDER BY rank;
-- Any text as a query.
SELECT cmed_query('糖尿病 AND "怎么办"? NEAR(头痛*) -高压 text:三天');
SELECT cmed_query(''), cmed_query(NULL), cmed_query('，。 *"'), cmed_query(CAST(x'22FFE5A4' AS TEXT)), cmed_query('a' || char(0) || '"b');
SELECT count(*) FROM note WHERE note MATCH cmed_query('，？');
SELECT rowid FROM note WHERE note MATCH cmed_query('肺动脉高压？');
SELECT rowid FROM note WHERE note MATCH cmed_query('"头痛" OR 三天)');
-- Options.
CREATE VIRTUAL TABLE words USING fts5(text, tokenize="cmed search 0 normalize 'zero,case'");
INSERT INTO words VALUES('Ⅱ型糖尿病，ＣＴ CT 肺动脉高压');
CREATE VIRTUAL TABLE words_term USING fts5vocab(words, row);
SELECT group_concat(term, ' ') FROM words_term;
SELECT cmed_load_model('j', 'tests/models/jieba');
CREATE VIRTUAL TABLE jieba USING fts5(text, tokenize='cmed model j');
INSERT INTO jieba VALUES('肺动脉高压 头痛恶心'), (CAST(x'E5A4B4E7979BFFE592B3E597BD' AS TEXT));
SELECT rowid, hex(highlight(jieba, 0, '[', ']')) FROM jieba WHERE jieba MATCH '高压 OR 咳嗽';
-- Synonyms: variants are indexed and asked for as their canonical form.
CREATE TABLE synonym(variant, canonical);
INSERT INTO synonym VALUES('心梗', '心肌梗死'), ('MI', '心肌梗死'), ('植物神经', '自主神经'), ('心肌梗死', '心肌梗死'), ('x', NULL);
CREATE VIRTUAL TABLE same USING fts5(text, tokenize='cmed synonyms synonym');
INSERT INTO same VALUES('急性心梗患者'), ('考虑ＭＩ。'), ('心肌梗死'), ('植物神经紊乱');
SELECT rowid, highlight(same, 0, '[', ']') FROM same WHERE same MATCH '心肌梗死';
SELECT rowid, highlight(same, 0, '[', ']') FROM same WHERE same MATCH 'mi';
SELECT rowid, highlight(same, 0, '[', ']') FROM same WHERE same MATCH '心梗*';
SELECT rowid, highlight(same, 0, '[', ']') FROM same WHERE same MATCH '自主神经紊乱';
INSERT INTO same(same) VALUES('integrity-check');
-- An index that names its model opens with that model only.
SELECT substr(cmed_tokenizer('search 0 model j normalize ''case, zero'''), 22);
SELECT cmed_tokenizer() = cmed_tokenizer(''), cmed_tokenizer() GLOB 'cmed_????????????????', cmed_tokenizer() <> cmed_tokenizer('model j');
CREATE VIRTUAL TABLE other USING fts5(text, tokenize='cmed_0123456789abcdef');
CREATE VIRTUAL TABLE other USING fts5(text, tokenize='cmed model nobody');
SELECT cmed_tokenizer('model nobody');
SELECT cmed_tokenizer('serach 1');
SELECT cmed_tokenizer('search');
SELECT cmed_tokenizer('search 2');
SELECT cmed_tokenizer('normalize up');
SELECT cmed_tokenizer('synonyms nobody');
SELECT cmed_tokenizer('synonyms term');
