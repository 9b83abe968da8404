-- +goose Up
-- Scores beside support, and the ledger of all that ever happened to a vote.
--
-- vote_events is append only and written in the statement that writes the vote,
-- so that votes and tallies can be replayed from it. Within one idea and voter
-- the revision of the tally orders the events: a batch holds one ballot of each
-- pair. It is partitioned by month; a month can be detached, moved or dropped,
-- after which a vote cast before the oldest month left, and not touched since,
-- vouches for itself. Its months are made a year ahead (vote_events_make_room).
-- Where a vote came from is kept with the vote, as keyed hashes and families:
-- see internal/votes/origin.go.
-- Locks: votes, tallies and ranks for the moment of adding columns.

ALTER TABLE votes
    ADD COLUMN score    smallint CONSTRAINT votes_score_range CHECK (score BETWEEN 1 AND 5), -- null on a support ballot
    ADD COLUMN address  bigint, -- keyed hash of the address it came from
    ADD COLUMN network  bigint, -- and of its /24 or /48
    ADD COLUMN browser  text,
    ADD COLUMN referrer text;   -- the host that led here

ALTER TABLE waiting_votes ADD COLUMN score smallint CONSTRAINT waiting_votes_score_range CHECK (score BETWEEN 1 AND 5);

ALTER TABLE tallies
    ADD COLUMN ones   integer NOT NULL DEFAULT 0 CHECK (ones >= 0),
    ADD COLUMN twos   integer NOT NULL DEFAULT 0 CHECK (twos >= 0),
    ADD COLUMN threes integer NOT NULL DEFAULT 0 CHECK (threes >= 0),
    ADD COLUMN fours  integer NOT NULL DEFAULT 0 CHECK (fours >= 0),
    ADD COLUMN fives  integer NOT NULL DEFAULT 0 CHECK (fives >= 0),
    ADD CONSTRAINT tallies_scores_are_of_voters CHECK (ones + twos + threes + fours + fives <= voters);

ALTER TABLE ranks
    ADD COLUMN challenge_id bigint,
    ADD COLUMN score        double precision, -- shrunk toward the challenge's mean; null without scores
    ADD COLUMN rising       double precision NOT NULL DEFAULT 0; -- see internal/votes/rank.go

CREATE INDEX ranks_by_score ON ranks (score DESC, idea_id DESC) WHERE score IS NOT NULL;
CREATE INDEX ranks_by_challenge_score ON ranks (challenge_id, score DESC, idea_id DESC) WHERE score IS NOT NULL;
CREATE INDEX ranks_by_rising ON ranks (rising DESC, idea_id DESC);

CREATE TABLE vote_events (
    at        timestamptz NOT NULL,
    idea_id   bigint      NOT NULL,
    voter_id  bigint      NOT NULL,
    revision  bigint      NOT NULL, -- of the tally that the event led to
    retract   boolean     NOT NULL,
    score     smallint,
    would_buy boolean     NOT NULL,
    staff     boolean     NOT NULL,
    counts    boolean     NOT NULL
) PARTITION BY RANGE (at);

-- +goose StatementBegin
CREATE FUNCTION vote_events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger of votes is append only' USING ERRCODE = 'check_violation', CONSTRAINT = 'vote_events_append_only';
END $$;

-- Makes the months that are missing, from the one before this to a year ahead,
-- and says how many. It begins a month back so that a clock set back an hour
-- stops no vote.
CREATE FUNCTION vote_events_make_room() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    first timestamp := date_trunc('month', now() AT TIME ZONE 'UTC');
    month timestamp;
    made  integer := 0;
    name  text;
BEGIN
    FOR ahead IN -1..12 LOOP
        month := first + make_interval(months => ahead);
        name := 'vote_events_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass(name) IS NOT NULL OR ahead < 0 AND EXISTS (SELECT 1 FROM pg_inherits WHERE inhparent = 'vote_events'::regclass);
        EXECUTE format('CREATE TABLE %I PARTITION OF vote_events FOR VALUES FROM (%L) TO (%L)', name,
                       to_char(month, 'YYYY-MM-DD') || ' 00:00:00+00', to_char(month + interval '1 month', 'YYYY-MM-DD') || ' 00:00:00+00');
        EXECUTE format('CREATE TRIGGER vote_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION vote_events_are_append_only()', name);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- The first moment that the ledger covers.
CREATE FUNCTION vote_events_begin() RETURNS timestamptz LANGUAGE sql STABLE AS $$
    SELECT min(to_timestamp(substr(c.relname, 13) || '_01 00:00:00+00', 'YYYY_MM_DD HH24:MI:SSTZH'))
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'vote_events'::regclass AND c.relname ~ '^vote_events_\d{4}_\d{2}$'
$$;
-- +goose StatementEnd

CREATE TRIGGER vote_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON vote_events
    FOR EACH STATEMENT EXECUTE FUNCTION vote_events_are_append_only();

SELECT vote_events_make_room();

INSERT INTO vote_events (at, idea_id, voter_id, revision, retract, score, would_buy, staff, counts)
SELECT v.cast_at, v.idea_id, v.voter_id, t.revision, false, v.score, v.would_buy, v.staff, v.counts
FROM votes v JOIN tallies t USING (idea_id) WHERE v.cast_at >= vote_events_begin();
