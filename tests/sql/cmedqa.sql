-- cMedQA: quoted newlines and quotes, the join that ranks answers.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM cmedqa_questions('samples/cmedqa2/question.csv');
SELECT * FROM cmedqa_answers('samples/cmedqa2/answer.csv');
SELECT * FROM cmedqa_candidates('samples/cmedqa2/dev_candidates.txt');
SELECT count(*) FROM cmedqa_candidates('samples/cmedqa2/test_candidates.zip');
SELECT * FROM cmedqa_train_candidates('samples/cmedqa2/train_candidates.txt');
SELECT file, count(*) FROM cmedqa_questions('samples/cmedqa2') GROUP BY 1;
SELECT q.content, a.content FROM cmedqa_candidates('samples/cmedqa2/dev_candidates.txt') c
  JOIN cmedqa_questions('samples/cmedqa2/question.csv') q USING (question_id)
  JOIN cmedqa_answers('samples/cmedqa2/answer.csv') a ON a.ans_id = c.ans_id WHERE label = 1;
SELECT count(*) FROM cmedqa_candidates('samples/cmedqa2/dev_candidates.txt') WHERE label = '1';
