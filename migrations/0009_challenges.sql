-- +goose Up
-- Challenges: a time-boxed call for ideas, with its ballot and its dates.
--
-- The phase is derived from the dates and never stored, so that it is right
-- after any downtime. The vote's statement reads the window and the seal from
-- here. An account may be barred from voting for a while; the index holds only
-- those, so that looking them up in each batch costs next to nothing.
-- Locks: ideas and accounts for the moment of adding a column.

CREATE TABLE challenges (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug             text        NOT NULL CONSTRAINT challenges_slug_key UNIQUE CONSTRAINT challenges_slug_shape CHECK (slug ~ '^[a-z0-9-]{2,60}$'),
    title            text        NOT NULL CONSTRAINT challenges_title_length CHECK (char_length(title) BETWEEN 3 AND 120),
    ballot           text        NOT NULL DEFAULT 'support' CONSTRAINT challenges_ballot_known CHECK (ballot IN ('support', 'score')),
    sealed           text        NOT NULL DEFAULT 'no' CONSTRAINT challenges_sealed_known CHECK (sealed IN ('no', 'until_close', 'until_voted')),
    announced_at     timestamptz NOT NULL,
    entries_open_at  timestamptz NOT NULL,
    entries_close_at timestamptz NOT NULL,
    voting_open_at   timestamptz NOT NULL,
    voting_close_at  timestamptz NOT NULL,
    results_at       timestamptz NOT NULL,
    prior_mean       double precision CONSTRAINT challenges_prior_mean_range CHECK (prior_mean BETWEEN 1 AND 5), -- of all its scores; null while there are none
    prior_weight     double precision NOT NULL DEFAULT 0, -- the median number of scores of its ideas; see internal/votes/shrink.go
    created_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT challenges_prior_whole CHECK (prior_mean IS NOT NULL OR prior_weight = 0),
    CONSTRAINT challenges_dates_in_order CHECK (
        announced_at <= entries_open_at AND entries_open_at < entries_close_at AND entries_close_at <= voting_close_at
        AND entries_open_at <= voting_open_at AND voting_open_at < voting_close_at AND voting_close_at <= results_at)
);

ALTER TABLE ideas ADD COLUMN challenge_id bigint REFERENCES challenges (id);

CREATE INDEX ideas_by_challenge ON ideas (challenge_id, submitted_at DESC, id DESC) WHERE challenge_id IS NOT NULL;

ALTER TABLE accounts ADD COLUMN barred_until timestamptz; -- may not vote before; set by a moderator's ruling

CREATE INDEX accounts_barred ON accounts (id) WHERE barred_until IS NOT NULL;

-- Who may see a tally at a moment: '' is everybody.
CREATE FUNCTION challenge_seal(sealed text, voting_close_at timestamptz, at timestamptz) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN at < voting_close_at AND sealed <> 'no' THEN sealed ELSE '' END $$;
