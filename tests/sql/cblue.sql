-- CBLUE: labels are texts, test splits lack them.
.mode list
.headers on
.nullvalue NULL
SELECT * FROM cmeee('samples/cblue/CMeEE');
SELECT * FROM cmeee_entities('samples/cblue/CMeEE');
SELECT * FROM chip_sts('samples/cblue/CHIP-STS');
SELECT id FROM chip_sts('samples/cblue/CHIP-STS/CHIP-STS_train.json') WHERE label = 1;
SELECT * FROM chip_ctc('samples/cblue/CHIP-CTC');
SELECT id, replace(query, char(26), '<26>') AS query, label FROM kuake_qic('samples/cblue/KUAKE-QIC');
SELECT * FROM kuake_qtr('samples/cblue');
SELECT * FROM kuake_qqr('samples/cblue');
