-- What is the right answer to each question, and how many wrong ones stand beside it? cMedQA's
-- questions, answers and candidates meet in med_qa; a question that several splits ask is shown for
-- each of them.
.mode list
.headers on
SELECT cmed_open('samples/[!b]*') > 0 AS opened;
SELECT dataset, split, question,
       group_concat(DISTINCT CASE label WHEN '1' THEN answer END) AS right_answers,
       count(DISTINCT CASE label WHEN '0' THEN answer END) AS wrong_answers
FROM med_qa WHERE label IN ('0', '1') AND split IS NOT NULL
GROUP BY dataset, split, question ORDER BY dataset, split, question;
