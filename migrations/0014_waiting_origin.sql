-- +goose Up
-- A vote that waits for its voter's address to be confirmed keeps where it came
-- from, as a vote does that was cast at once. The columns are added empty, so
-- that an older server goes on writing rows without them.
-- Locks: waiting_votes, for a moment; adding a column without a default writes
-- no row.

ALTER TABLE waiting_votes
    ADD COLUMN address  bigint,
    ADD COLUMN network  bigint,
    ADD COLUMN browser  text,
    ADD COLUMN referrer text;
