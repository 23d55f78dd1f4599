-- Arguments: encoding, on_error, options; what is refused.
.mode list
.headers on
.nullvalue NULL
SELECT count(*) FROM toyhom('samples/toyhom/样例_内科.csv', 'gbk');
SELECT title FROM toyhom('samples/toyhom/样例_内科.csv', 'utf-8');
SELECT title FROM toyhom('samples/toyhom/样例_内科.csv', 'utf-8,replace') LIMIT 1;
SELECT path, encoding, on_error, part, parts, options FROM yidu_s4k('samples/yidu-s4k/subtask1_training_part2.txt', 'utf-8', 'skip');
SELECT * FROM yidu_s4k;
SELECT * FROM yidu_s4k(NULL);
SELECT * FROM yidu_s4k('samples/nothing.txt');
SELECT * FROM yidu_s4k('samples/cmedqa2');
SELECT * FROM yidu_s4k('samples/yidu-s4k/subtask1_training_part1.txt', 'latin-9');
SELECT * FROM yidu_s4k('samples/yidu-s4k/subtask1_training_part1.txt') WHERE on_error = 'ignore';
SELECT * FROM cmed_csv('samples/cmedqa2/question.csv') WHERE options = '{"seperator":","}';
SELECT * FROM cmed_csv('samples/cmedqa2/question.csv') WHERE options = '{"sep":",,"}';
SELECT * FROM cmed_json('samples/cblue/CMeEE') WHERE options = '{"sep":","}';
SELECT * FROM cmed_csv('samples/cmedqa2/question.csv') WHERE options = '[1]';
SELECT * FROM cmedqa_answers('samples/cmedqa2/question.csv');
SELECT * FROM chip_sts('samples/cblue/KUAKE-QIC/KUAKE-QIC_train.json');
SELECT * FROM yidu_n7k('samples/icd10/国际疾病分类 ICD-10.xlsx');
SELECT * FROM chip_sts('samples/yidu-n7k/train.xlsx');
SELECT * FROM ruijin_entities('samples/ruijin/ruijin_round1_train2_20181022/0.txt');
CREATE VIRTUAL TABLE t USING yidu_s4k('samples/yidu-s4k');
CREATE VIEW v AS SELECT * FROM yidu_s4k('samples/yidu-s4k'); SELECT * FROM v;
CREATE TEMP VIEW w AS SELECT * FROM yidu_s4k('samples/yidu-s4k'); SELECT count(*) FROM w;
SELECT cmed_config('record_bytes'), cmed_config('record_bytes', 33554432), cmed_config('record_bytes');
SELECT cmed_config('nothing', 1);
