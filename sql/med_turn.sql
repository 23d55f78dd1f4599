-- Every utterance of a consultation; turn counts from 1. speaker: 'patient', 'doctor', or as the
-- file has it.
CREATE TEMP VIEW IF NOT EXISTS med_turn(dataset, split, file, doc, turn, speaker, text) AS
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.turn,
       CASE t.speaker WHEN '病人' THEN 'patient' WHEN '患者' THEN 'patient'
                      WHEN '医生' THEN 'doctor' ELSE t.speaker END, t.text
FROM cmed_source s JOIN meddialog_turns(s.path) t ON s.reader IN ('meddialog', 'meddialog_turns')
UNION ALL
SELECT s.dataset, s.split, s.file, t.doc, t.turn,
       CASE t.speaker WHEN '病人' THEN 'patient' WHEN '患者' THEN 'patient'
                      WHEN '医生' THEN 'doctor' ELSE t.speaker END, t.sentence
FROM cmed_source s JOIN cmdd_turns(s.path) t ON s.reader IN ('cmdd', 'cmdd_turns')
UNION ALL
-- MIE is windows of five utterances, each of which ends one utterance later: '患者:…'.
SELECT s.dataset, s.split, s.file, CAST(s.doc || ':' || t.record AS TEXT), t.window_no,
       CASE substr(t.utterances ->> '$[#-1]', 1, 3) WHEN '患者:' THEN 'patient'
                                                    WHEN '医生:' THEN 'doctor' END,
       substr(t.utterances ->> '$[#-1]', 4)
FROM cmed_source s JOIN mie(s.path) t ON s.reader = 'mie';
