-- Yidu-S4K: a BOM, CRLF and blank lines, a test split without overlap, a workbook.
.mode list
.headers on
.nullvalue NULL
SELECT doc, text, json_array_length(entities) AS n, file, record FROM yidu_s4k('samples/yidu-s4k');
SELECT *, record FROM yidu_s4k_entities('samples/yidu-s4k/subtask1_training_part1.txt');
SELECT * FROM yidu_s4k_entities('samples/yidu-s4k/subtask1_test_set_with_answer.json');
SELECT label_type, count(*) FROM yidu_s4k_entities('samples/yidu-s4k') GROUP BY 1 ORDER BY 1;
SELECT e.mention = substr(r.text, start_pos + 1, end_pos - start_pos) AS same, count(*)
  FROM yidu_s4k_entities('samples/yidu-s4k') e JOIN yidu_s4k('samples/yidu-s4k') r USING (doc) GROUP BY 1;
SELECT replace(text, char(4), '<4>') AS text, primary_site, lesion_size, metastasis
  FROM yidu_s4k_attributes('samples/yidu-s4k/subtask2_training_part1.xlsx');
SELECT * FROM yidu_s4k_attributes('samples/yidu-s4k/subtask2_unlabeled.txt');
