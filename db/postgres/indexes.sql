-- What is looked up by key in tables that grow: a server goes through a table's rows where a file goes through a column.
-- Made after the migrations and after a copy, where they are not there yet. None of them decides anything.
CREATE INDEX IF NOT EXISTS event_subject ON event (subject, n);
CREATE INDEX IF NOT EXISTS case_year ON cases (substr(number, 1, 5));
CREATE INDEX IF NOT EXISTS case_enterprise ON cases (enterprise_id);
CREATE INDEX IF NOT EXISTS case_merged ON cases (merged_into);
CREATE INDEX IF NOT EXISTS case_past_case ON case_past (case_id);
CREATE INDEX IF NOT EXISTS case_body_case ON case_body (case_id);
CREATE INDEX IF NOT EXISTS attachment_case ON attachment (case_id);
CREATE INDEX IF NOT EXISTS follow_up_case ON follow_up (case_id);
CREATE INDEX IF NOT EXISTS response_wave ON response (wave_id);
CREATE INDEX IF NOT EXISTS answer_wave ON answer (wave_id, item);
