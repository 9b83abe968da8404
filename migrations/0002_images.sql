-- +goose Up
-- Pictures people sent, after they were decoded and written again.
--
-- The files lie in the media folder under names made from id; a row says which
-- exist. A picture no idea uses within a day is swept, row and files.
-- Locks: accounts for a moment, for the foreign key; the table itself is new.

CREATE TABLE images (
    id         text        CONSTRAINT images_pkey PRIMARY KEY -- from the owner and the bytes: the same picture twice is one row
                           CONSTRAINT images_id_shape CHECK (id ~ '^[0-9a-f]{32}$'),
    owner_id   bigint      NOT NULL CONSTRAINT images_owner_fkey REFERENCES accounts (id),
    width      integer     NOT NULL CONSTRAINT images_width_positive CHECK (width > 0), -- of the largest file
    height     integer     NOT NULL CONSTRAINT images_height_positive CHECK (height > 0),
    alt        text        NOT NULL DEFAULT '' CONSTRAINT images_alt_length CHECK (char_length(alt) <= 500),
    sizes      integer[]   NOT NULL CONSTRAINT images_sizes_some CHECK (cardinality(sizes) >= 1), -- a file for each; none is wider than width
    webp       boolean     NOT NULL DEFAULT false, -- every size also exists as WebP
    bytes      bigint      NOT NULL CONSTRAINT images_bytes_positive CHECK (bytes > 0), -- as sent: what the quota counts
    created_at timestamptz NOT NULL DEFAULT now(),
    used_at    timestamptz -- when something first showed it; NULL is swept after a day
);

-- "Mine of the last day", for the quota.
CREATE INDEX images_by_owner ON images (owner_id, created_at);

-- What the sweep looks for: few rows at any time.
CREATE INDEX images_unused ON images (created_at) WHERE used_at IS NULL;
