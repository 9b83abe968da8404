-- +goose Up
-- Votes, and the running tally of each idea.
--
-- A tally is kept rather than counted because every page shows it; votes stay
-- the truth, and `server recount` rebuilds every tally from them. There are no
-- foreign keys on votes: they cost more than half of the write rate, and the
-- batch joins ideas anyway to see whether voting is open (decision 0004).
-- ranks holds what the orders sort by and is refreshed from the changed ideas;
-- an index on tallies would make every vote a write into it.
-- Locks: none that matter, every table is new.

CREATE TABLE votes (
    idea_id   bigint      NOT NULL,
    voter_id  bigint      NOT NULL,
    would_buy boolean     NOT NULL DEFAULT false,
    staff     boolean     NOT NULL DEFAULT false, -- as it was when cast
    counts    boolean     NOT NULL DEFAULT true,  -- false once a moderator sets it apart
    cast_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (idea_id, voter_id)
);

-- "My votes", newest first.
CREATE INDEX votes_by_voter ON votes (voter_id, cast_at DESC, idea_id DESC);

CREATE TABLE tallies (
    idea_id   bigint  PRIMARY KEY,
    voters    integer NOT NULL DEFAULT 0 CONSTRAINT tallies_voters_not_negative CHECK (voters >= 0),
    would_buy integer NOT NULL DEFAULT 0 CONSTRAINT tallies_would_buy_in_range CHECK (would_buy BETWEEN 0 AND voters),
    staff     integer NOT NULL DEFAULT 0 CONSTRAINT tallies_staff_not_negative CHECK (staff >= 0),
    revision  bigint  NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE TABLE ranks (
    idea_id  bigint           PRIMARY KEY,
    voters   integer          NOT NULL DEFAULT 0,
    trending double precision NOT NULL DEFAULT 0, -- logarithm of the decayed votes; see internal/votes/rank.go
    revision bigint           NOT NULL DEFAULT 0  -- of the tally it was made from
);

CREATE INDEX ranks_by_voters ON ranks (voters DESC, idea_id DESC);
CREATE INDEX ranks_by_trending ON ranks (trending DESC, idea_id DESC);

-- The vote of someone who must confirm an address first: kept, and cast then.
CREATE TABLE waiting_votes (
    voter_id  bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    idea_id   bigint      NOT NULL,
    would_buy boolean     NOT NULL DEFAULT false,
    asked_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (voter_id, idea_id)
);
