-- MedDialog raw and processed; Toyhom in GB18030, two shapes.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM meddialog('samples/meddialog/2020.txt');
SELECT * FROM meddialog_turns('samples/meddialog/2020.txt');
SELECT * FROM meddialog_turns('samples/meddialog/train_data.json');
SELECT * FROM toyhom('samples/toyhom/样例_内科.csv');
SELECT * FROM toyhom('samples/toyhom/内科.txt');
SELECT title FROM toyhom('samples/toyhom') WHERE answer LIKE '%饮食%';
