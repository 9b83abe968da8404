-- +goose Up
-- Files read in from elsewhere, each undone as a unit.
-- Locks: ideas for the moment of adding a foreign key.

CREATE TABLE imports (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source    text        NOT NULL CONSTRAINT imports_source_shape CHECK (source ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    file      text        NOT NULL DEFAULT '',
    added     integer     NOT NULL DEFAULT 0,
    skipped   integer     NOT NULL DEFAULT 0,
    refused   integer     NOT NULL DEFAULT 0,
    at        timestamptz NOT NULL DEFAULT now(),
    undone_at timestamptz
);

ALTER TABLE ideas ADD CONSTRAINT ideas_import_fkey FOREIGN KEY (import_id) REFERENCES imports (id);
