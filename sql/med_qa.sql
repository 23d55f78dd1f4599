-- Every question with an answer. label '1': it is right, '0': it is not; NULL: nobody says.
CREATE TEMP VIEW IF NOT EXISTS
med_qa(dataset, split, file, doc, question, answer, label, department) AS
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.ask, t.answer, NULL, t.department
FROM cmed_source s JOIN toyhom(s.path) t ON s.reader = 'toyhom'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.question, t.answer,
       CAST(t.label AS TEXT), NULL
FROM cmed_source s JOIN chineseblue_cmedqa(s.path) t ON s.reader = 'chineseblue_cmedqa'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.question, t.answer, NULL, NULL
FROM cmed_source s JOIN tcm_questions(s.path) t ON s.reader = 'tcm_questions'
UNION ALL
-- cMedQA keeps questions, answers and candidates in files of one folder. Its own answers are right.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       (SELECT q.content FROM cmed_source o JOIN cmedqa_questions(o.path) q
        ON o.reader = 'cmedqa_questions' AND o.folder = s.folder
        WHERE q.question_id = t.question_id),
       t.content, '1', NULL
FROM cmed_source s JOIN cmedqa_answers(s.path) t ON s.reader = 'cmedqa_answers'
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       (SELECT q.content FROM cmed_source o JOIN cmedqa_questions(o.path) q
        ON o.reader = 'cmedqa_questions' AND o.folder = s.folder
        WHERE q.question_id = t.question_id),
       (SELECT a.content FROM cmed_source o JOIN cmedqa_answers(o.path) a
        ON o.reader = 'cmedqa_answers' AND o.folder = s.folder WHERE a.ans_id = t.ans_id),
       CAST(t.label AS TEXT), NULL
FROM cmed_source s JOIN cmedqa_candidates(s.path) t ON s.reader = 'cmedqa_candidates'
UNION ALL
-- A row of three is a right and a wrong answer.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       (SELECT q.content FROM cmed_source o JOIN cmedqa_questions(o.path) q
        ON o.reader = 'cmedqa_questions' AND o.folder = s.folder
        WHERE q.question_id = t.question_id),
       (SELECT a.content FROM cmed_source o JOIN cmedqa_answers(o.path) a
        ON o.reader = 'cmedqa_answers' AND o.folder = s.folder
        WHERE a.ans_id = CASE l.value WHEN '1' THEN t.pos_ans_id ELSE t.neg_ans_id END),
       l.value, NULL
FROM cmed_source s JOIN cmedqa_train_candidates(s.path) t ON s.reader = 'cmedqa_train_candidates'
     JOIN json_each('["1","0"]') l
UNION ALL
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT),
       t.question, t.long_answer,
       t.final_decision, NULL
FROM cmed_source s JOIN pubmedqa(s.path) t ON s.reader = 'pubmedqa' WHERE t.question IS NOT NULL;
