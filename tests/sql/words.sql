-- Words: segmentation, user words, models by name, training.
.mode list
.headers off
.nullvalue NULL
SELECT cmed_segment('患者左乳腺癌术后3年，血红蛋白120g/L，2型糖尿病合并肺动脉高压');
SELECT cmed_segment('体温38.5℃，WBC 10×10⁹/L，HbA1c 7.2%'), cmed_segment(' 头痛　 三天 '), cmed_segment(''), cmed_segment(NULL), cmed_segment(120);
SELECT cmed_segment(CAST('头痛' AS BLOB)), typeof(cmed_segment('头痛')), length(cmed_segment('头' || char(0) || '痛'));
SELECT cmed_segment(CAST(x'E5A4' AS TEXT));
SELECT * FROM cmed_words('血压140/90mmHg，头痛 3天');
SELECT word, substr(t.text, start_pos + 1, end_pos - start_pos) = word FROM (SELECT '咳嗽、咳痰😀2周。' AS text) t, cmed_words(t.text);
SELECT count(*), group_concat(w.word, '/') FROM (SELECT '头痛' AS a UNION ALL SELECT '' UNION ALL SELECT NULL UNION ALL SELECT '发热三天') t LEFT JOIN cmed_words(t.a) w GROUP BY t.a ORDER BY t.a;
SELECT in_text, in_model, rowid FROM cmed_words('头痛三天', '') WHERE word = '三';
SELECT * FROM cmed_words;
SELECT * FROM cmed_words(CAST(x'FF' AS TEXT));
SELECT (SELECT count(*) FROM cmed_words(a.x)) FROM (SELECT '头痛' AS x) a;

-- User words: soft, of this connection.
SELECT cmed_segment('口服可定治疗'), cmed_add_word('可定'), cmed_segment('口服可定治疗');
SELECT cmed_add_word('可定', -20), cmed_segment('口服可定治疗');
SELECT count(cmed_add_word(value, 8)) FROM json_each('["倍他乐克","代文"]');
SELECT cmed_segment('予倍他乐克及代文');
SELECT cmed_add_word(NULL), cmed_add_word('可定', 0);
SELECT cmed_add_word('');
SELECT cmed_add_word('两 词');
SELECT cmed_add_word('可定', 1000);

-- Models in files.
SELECT cmed_load_model('p', 'tests/models/pkuseg'), cmed_segment('头痛咳嗽三天', 'p');
SELECT cmed_load_model('u', 'tests/models/pkuseg', 'user_dict', 'tests/models/pkuseg/user.txt');
SELECT * FROM cmed_words('吃可定 头痛', 'u');
SELECT cmed_load_model('j', 'tests/models/jieba'), cmed_segment('肺动脉高压 头痛恶心', 'j');
SELECT cmed_load_model('j', 'tests/models/jieba', 'search', '1', 'hmm', 0), cmed_segment('肺动脉高压 头痛恶心', 'j');
SELECT * FROM cmed_words('😀 肺动脉', 'j');
SELECT cmed_segment('头痛', 'nobody');
SELECT cmed_load_model('x', 'tests/models/nothere');
SELECT cmed_load_model('x', 'tests/models/pkuseg/user.txt');
SELECT cmed_load_model('x', x'00');
SELECT cmed_load_model('x', NULL);
SELECT cmed_load_model('x');
SELECT cmed_load_model('', 'tests/models/jieba');
SELECT cmed_load_model('x', 'tests/models/pkuseg', 'dictionary', 'tests/models/no.pkl');
SELECT cmed_load_model('x', 'tests/models/pkuseg', 'hmm', '1');
SELECT cmed_load_model('x', 'tests/models/jieba', 'hmm', '2');
SELECT cmed_load_model('i', cmed_idf('头痛'));
SELECT cmed_segment('头痛', 'i');

-- Training, and a model as a BLOB.
CREATE TABLE gold(line);
INSERT INTO gold VALUES('查 血常规 后 服 可定'), ('服 可定 一 周'), ('停 可定 后 头痛'), ('血常规 未见 异常'), ('?患-者|可-定');
CREATE TABLE model AS SELECT cmed_train_segmenter(line) AS m FROM gold;
SELECT typeof(m), (SELECT cmed_train_segmenter(line) FROM gold) = m FROM model;
SELECT cmed_segment('今日停可定', m) FROM model;
SELECT group_concat(word, '/') FROM model, cmed_words('查血常规', m);
SELECT cmed_load_model('own', m), cmed_segment('今日停可定', 'own') FROM model;
SELECT cmed_segment('头痛', x'636D656477726431') FROM model;
SELECT cmed_segment('头痛', substr(m, 1, 20000)) FROM model;
SELECT cmed_train_segmenter(line) FROM gold WHERE line IS NULL;
SELECT cmed_train_segmenter('患');
SELECT cmed_train_segmenter('患' || char(9) || 'Q');
SELECT count(*) FROM cmed_words('头痛', 'own'), cmed_words('发热', 'p');
