-- Any file: CSV, JSON, workbook, lines, brat, tokens.
.mode list
.headers on
.nullvalue NULL
SELECT cells FROM cmed_csv('samples/toyhom/样例_内科.csv');
SELECT cells FROM cmed_csv('samples/yidu-n7k/code.txt') WHERE options = '{"header":0}';
SELECT cells FROM cmed_csv('samples/yidu-n7k/code.txt') WHERE options = '{"header":0,"columns":["code","name"]}' LIMIT 1;
SELECT json FROM cmed_json('samples/cblue/KUAKE-QQR/KUAKE-QQR_train.json');
SELECT key, json FROM cmed_json('samples/chineseblue/CMDD/dev/dev_0.json') WHERE options = '{"each":"members"}';
SELECT count(*) FROM cmed_json('samples/chineseblue/CMDD/dev/dev_0.json');
SELECT * FROM cmed_xlsx('samples/packed/any.xlsx');
SELECT * FROM cmed_xlsx('samples/packed/any.xlsx') WHERE options = '{"sheet":"说明"}';
SELECT * FROM cmed_lines('samples/toyhom/内科.txt');
SELECT kind, count(*) FROM cmed_brat('samples/ruijin') GROUP BY 1;
SELECT * FROM cmed_conll('samples/chineseblue/cEHRNER/train.txt') LIMIT 2;
