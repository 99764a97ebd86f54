-- What was answered at a forum's table, in the language of whoever raised the case, where that is another.
ALTER TABLE agenda_item ADD COLUMN words_translated VARCHAR;
