-- Models that are learnt from a query.
.mode list
.headers on
.nullvalue NULL

-- Labels.
CREATE TEMP TABLE lesson(text, label);
INSERT INTO lesson VALUES ('胃疼吃什么药', '药'), ('咳嗽吃什么药好', '药'), ('头痛可以吃止痛药吗', '药'), ('感冒用什么药', '药'),
    ('挂哪个科', '科'), ('头晕看什么科', '科'), ('皮疹应该去哪个科', '科'), ('耳鸣挂什么科室', '科'),
    ('手术要多少钱', '费'), ('住院一天多少钱', '费'), ('做胃镜需要多少费用', '费'), (NULL, '费'), ('没有标签', NULL);
SELECT cmed_load_model('intent', cmed_train_classifier(text, label)) AS kind FROM lesson;
SELECT text, cmed_classify(text, 'intent') AS label FROM (SELECT '发烧吃什么药' AS text UNION ALL SELECT '腰疼挂什么科' UNION ALL SELECT '拔牙多少钱？' UNION ALL SELECT NULL);
SELECT cmed_accuracy(label, cmed_classify(text, 'intent')) AS accuracy FROM lesson;
SELECT cmed_classify('发烧吃什么药', (SELECT cmed_train_classifier(text, label) FROM lesson)) AS label;
SELECT (SELECT cmed_train_classifier(text, label) FROM lesson) = (SELECT cmed_train_classifier(text, label) FROM lesson) AS same_model;

-- Pairs: symmetric probabilities.
CREATE TEMP TABLE pair AS
    WITH ill(i) AS (VALUES ('感冒'), ('肺炎'), ('咳嗽'), ('哮喘'), ('腹泻'), ('头痛'), ('失眠'), ('皮疹'), ('贫血'), ('痛风'))
    SELECT i || '是什么原因' AS a, '为什么会' || i AS b, 1 AS label FROM ill
    UNION ALL SELECT i || '怎么治疗', i || '如何治', 1 FROM ill
    UNION ALL SELECT i || '是什么原因', i || '如何治', 0 FROM ill
    UNION ALL SELECT i || '怎么治疗', '为什么会' || i, 0 FROM ill
    UNION ALL SELECT 'nobody knows', 'this one', -1;
SELECT cmed_load_model('same', cmed_train_pairs(a, b, label)) AS kind FROM pair;
SELECT cmed_same('胃溃疡是什么原因', '为什么会胃溃疡', 'same') > 0.5 AS same, cmed_same('胃溃疡怎么治疗', '为什么会胃溃疡', 'same') < 0.5 AS other,
    cmed_same(a, b, 'same') = cmed_same(b, a, 'same') AS symmetric, cmed_same(NULL, b, 'same') AS none FROM pair LIMIT 1;
SELECT cmed_auc(cmed_same(a, b, 'same'), label) AS auc FROM pair WHERE label >= 0;

-- What there is not.
SELECT cmed_train_classifier(text, 'one') FROM lesson;
SELECT cmed_train_classifier(text, label) FROM lesson WHERE 0;
SELECT cmed_train_pairs(a, b, 1) FROM pair;
SELECT cmed_classify('发烧', 'nobody');
SELECT cmed_classify('发烧', 'same');
SELECT cmed_same('a', 'b', 'intent');
SELECT cmed_classify('发烧', '');
SELECT cmed_classify('发烧', x'434D45444C494E31');
SELECT cmed_classify('发烧', CAST(substr(m, 1, length(m) - 1) AS BLOB)) FROM (SELECT cmed_train_classifier(text, label) AS m FROM lesson);

-- Mentions: a sign holds its body part.
CREATE TEMP TABLE note AS
    WITH place(p) AS (VALUES ('肝'), ('右肺'), ('左肾'), ('胃体'), ('直肠'), ('乳腺'), ('颈部'), ('右膝')),
        sign(s) AS (VALUES ('疼痛'), ('肿胀'), ('出血'), ('麻木')),
        frame(a, b) AS (VALUES ('患者诉', '三天'), ('今日', '加重，无发热'), ('', '一周入院')),
        times(n) AS (VALUES (1), (2))
    SELECT a || p || s || b AS text, json_array(json_array(length(a), length(a || p || s), '症状'), json_array(length(a), length(a || p), '部位')) AS spans
    FROM times, place, sign, frame;
SELECT cmed_load_model('ner', cmed_train_tagger(text, spans)) AS kind FROM note;
SELECT start_pos, end_pos, type, mention, code, score > 0.5 AS likely FROM cmed_entities('患者诉右肺疼痛三天，否认左肾出血', 'ner');
SELECT mention, negated FROM cmed_entities('患者诉右肺疼痛三天，否认左肾出血', 'ner');
SELECT json_extract(cmed_span_f1(spans, (SELECT json_group_array(json_array(start_pos, end_pos, type)) FROM cmed_entities(text, 'ner'))), '$.f1') AS f1 FROM note;
SELECT count(*) AS from_blob FROM (SELECT cmed_train_tagger(text, spans) AS m FROM note), cmed_entities('患者诉右肺疼痛三天', m);
SELECT (SELECT cmed_train_tagger(text, spans) FROM note) = (SELECT cmed_train_tagger(text, spans) FROM note) AS same_model;

-- Without a model: the dictionary and rules.
SELECT start_pos, end_pos, type, mention, negated, uncertain, history, family, score
    FROM cmed_entities('2019年3月5日无明显诱因出现右侧胸痛，体温38.5℃，无咯血。既往高血压病史10年，否认糖尿病。父亲患肺癌。考虑急性支气管炎，肺结核待排。');
SELECT count(*) FROM cmed_entities(NULL) UNION ALL SELECT count(*) FROM cmed_entities('') UNION ALL SELECT count(*) FROM cmed_entities('发热', NULL) UNION ALL SELECT count(*) FROM cmed_entities('发热', '');

-- What there is not.
SELECT cmed_train_tagger(text, spans) FROM note WHERE 0;
SELECT cmed_train_tagger(text, '[]') FROM note;
SELECT cmed_train_tagger('肝癌', '[[0,3,"病"]]');
SELECT cmed_train_tagger('肝癌', '[[0,2]]');
SELECT count(*) FROM cmed_entities('发热', 'nobody');
SELECT count(*) FROM cmed_entities('发热', 'same');
SELECT count(*) FROM cmed_entities('发热', x'00');
SELECT count(*) FROM (SELECT cmed_train_tagger(text, spans) AS m FROM note), cmed_entities('发热', CAST(substr(m, 1, 1000) AS BLOB));
SELECT cmed_segment('发热', 'ner');
