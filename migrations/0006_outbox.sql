-- +goose Up
-- Facts written with the change they tell of, delivered at least once.
-- Locks: none that matter, every table is new.

CREATE TABLE outbox (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic    text        NOT NULL,
    payload  jsonb       NOT NULL,
    at       timestamptz NOT NULL DEFAULT now(),
    due_at   timestamptz NOT NULL DEFAULT now(),
    attempts integer     NOT NULL DEFAULT 0,
    failure  text        NOT NULL DEFAULT '', -- why the last attempt failed
    dead_at  timestamptz -- set after the last attempt: kept for a person to look at
);

CREATE INDEX outbox_due ON outbox (due_at, id) WHERE dead_at IS NULL;
