-- +goose Up
-- What a shared link brought.
--
-- A member's link to an idea carries a code, and a vote that it led to keeps the
-- code where it keeps the host that led to it: referrer is 'share:' and the code.
-- So nothing in the way of a vote changes, and nothing is stored of who follows a
-- link. Codes follow from the site's secret, the idea and the member (package
-- sharing), so there is no table of them.
-- The index holds such votes alone; a vote without a code is never written to it.
-- Locks: votes against writing while the index is built, which reads the table
-- once and finds nothing to put in.

CREATE INDEX votes_by_share ON votes (idea_id, referrer) WHERE referrer LIKE 'share:%';
