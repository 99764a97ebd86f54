-- A code that was made with an issue raised on behalf stood on the screen of whoever raised it: it opens nothing any more.
-- Those that a notice sent to the enterprise's mailbox were made later, and stay.
UPDATE follow_code SET revoked_at = created_at
WHERE revoked_at IS NULL AND EXISTS (
    SELECT 1 FROM event e
    WHERE e.area = 'case' AND e.kind = 'submit' AND e.subject = follow_code.case_id
        AND e.happened_at = follow_code.created_at AND e.actor_role IN ('officer', 'staff')
);
