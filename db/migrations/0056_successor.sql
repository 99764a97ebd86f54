-- A body or a town that is no more: up to which day it was, and what took its place.
ALTER TABLE reference_item ADD COLUMN valid_until DATE;
ALTER TABLE reference_item ADD COLUMN successor VARCHAR;
