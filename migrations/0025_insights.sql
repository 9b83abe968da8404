-- +goose Up
-- Reports of the studio's insights, kept for an hour: to count the votes of a
-- year takes too long for a page that many people open.
-- Locks: none that matter, the table is new.

CREATE TABLE insights (
    days   integer     CONSTRAINT insights_pkey PRIMARY KEY, -- how far back the report reaches
    report jsonb       NOT NULL,
    at     timestamptz NOT NULL
);
