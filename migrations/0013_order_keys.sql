-- +goose Up
-- What the board's orders, its search and "like this one" read at a million
-- ideas.
--
-- Every order walks an index that begins with the status, and with the topic or
-- the challenge where one is asked for, and goes on with the order's key; a list
-- of several statuses merges one walk of each. So a page reads what it shows,
-- however rare a status is and however deep the page. ranks holds status and
-- topic beside the keys, so that a walk needs no other table; the triggers keep
-- them in the transaction that changes the idea.
-- Locks: ranks while it is filled, ideas while its indexes are built: about a
-- minute for a million ideas.

ALTER TABLE ranks
    ADD COLUMN status   text,   -- of an idea that the board lists; null for any other
    ADD COLUMN topic_id bigint;

CREATE FUNCTION idea_listed(status text, hidden boolean) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT CASE WHEN NOT hidden AND status NOT IN ('draft', 'held', 'withdrawn', 'merged') THEN status END $$;

UPDATE ranks r SET status = idea_listed(i.status, i.hidden), topic_id = i.topic_id, challenge_id = i.challenge_id FROM ideas i WHERE i.id = r.idea_id;

-- +goose StatementBegin
CREATE OR REPLACE FUNCTION ideas_hold_tally() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tallies (idea_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM tallies WHERE tallies.idea_id = NEW.id FOR UPDATE;
    INSERT INTO ranks AS r (idea_id, trending, status, topic_id, challenge_id)
    VALUES (NEW.id, ranks_weight(coalesce(NEW.submitted_at, now())), idea_listed(NEW.status, NEW.hidden), NEW.topic_id, NEW.challenge_id)
    ON CONFLICT (idea_id) DO UPDATE SET status = excluded.status, topic_id = excluded.topic_id, challenge_id = excluded.challenge_id
    WHERE (r.status, r.topic_id, r.challenge_id) IS DISTINCT FROM (excluded.status, excluded.topic_id, excluded.challenge_id);
    RETURN NULL;
END $$;

-- What an idea is about can change while its status stays.
CREATE FUNCTION ideas_keep_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ranks SET topic_id = NEW.topic_id, challenge_id = NEW.challenge_id WHERE ranks.idea_id = NEW.id;
    RETURN NULL;
END $$;

-- A rank made anew gets what the triggers above would have given it.
CREATE FUNCTION ranks_take_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT idea_listed(i.status, i.hidden), i.topic_id, i.challenge_id INTO NEW.status, NEW.topic_id, NEW.challenge_id FROM ideas i WHERE i.id = NEW.idea_id;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER ideas_keep_place AFTER UPDATE OF topic_id, challenge_id ON ideas
    FOR EACH ROW WHEN ((OLD.topic_id, OLD.challenge_id) IS DISTINCT FROM (NEW.topic_id, NEW.challenge_id))
    EXECUTE FUNCTION ideas_keep_place();

CREATE TRIGGER ranks_take_place BEFORE INSERT ON ranks
    FOR EACH ROW WHEN (NEW.status IS NULL) EXECUTE FUNCTION ranks_take_place();

DROP INDEX ranks_by_voters, ranks_by_trending, ranks_by_score, ranks_by_challenge_score, ranks_by_rising;

CREATE INDEX ranks_by_trending ON ranks (status, trending DESC, idea_id DESC) WHERE status IS NOT NULL;
CREATE INDEX ranks_by_voters ON ranks (status, voters DESC, idea_id DESC) WHERE status IS NOT NULL;
CREATE INDEX ranks_by_rising ON ranks (status, rising DESC, idea_id DESC) WHERE status IS NOT NULL;
CREATE INDEX ranks_by_score ON ranks (status, score DESC, idea_id DESC) WHERE status IS NOT NULL AND score IS NOT NULL;

CREATE INDEX ranks_by_topic_trending ON ranks (topic_id, status, trending DESC, idea_id DESC) WHERE status IS NOT NULL AND topic_id IS NOT NULL;
CREATE INDEX ranks_by_topic_voters ON ranks (topic_id, status, voters DESC, idea_id DESC) WHERE status IS NOT NULL AND topic_id IS NOT NULL;
CREATE INDEX ranks_by_topic_rising ON ranks (topic_id, status, rising DESC, idea_id DESC) WHERE status IS NOT NULL AND topic_id IS NOT NULL;
CREATE INDEX ranks_by_topic_score ON ranks (topic_id, status, score DESC, idea_id DESC) WHERE status IS NOT NULL AND topic_id IS NOT NULL AND score IS NOT NULL;

CREATE INDEX ranks_by_challenge_trending ON ranks (challenge_id, status, trending DESC, idea_id DESC) WHERE status IS NOT NULL AND challenge_id IS NOT NULL;
CREATE INDEX ranks_by_challenge_voters ON ranks (challenge_id, status, voters DESC, idea_id DESC) WHERE status IS NOT NULL AND challenge_id IS NOT NULL;
CREATE INDEX ranks_by_challenge_rising ON ranks (challenge_id, status, rising DESC, idea_id DESC) WHERE status IS NOT NULL AND challenge_id IS NOT NULL;
CREATE INDEX ranks_by_challenge_score ON ranks (challenge_id, status, score DESC, idea_id DESC) WHERE status IS NOT NULL AND challenge_id IS NOT NULL AND score IS NOT NULL;

-- The same for the newest first, and for the studio.
DROP INDEX ideas_by_status, ideas_by_topic;
CREATE INDEX ideas_by_status ON ideas (status, submitted_at DESC, id DESC);
CREATE INDEX ideas_by_topic ON ideas (topic_id, status, submitted_at DESC, id DESC);
CREATE INDEX ideas_submitted ON ideas (submitted_at DESC, id DESC) WHERE status <> 'draft';
CREATE INDEX ideas_waiting ON ideas (submitted_at, id) WHERE answered_at IS NULL AND status IN ('open', 'under_review', 'shortlisted');

-- "Unseen": two decks, each shuffled once and for all by a hash of the id. A
-- member's day picks a deck and where to begin; see internal/board/unseen.go.
CREATE INDEX ideas_deck_0 ON ideas ((hashint8extended(id, 0) >> 2)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden;
CREATE INDEX ideas_topic_deck_0 ON ideas (topic_id, (hashint8extended(id, 0) >> 2)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden AND topic_id IS NOT NULL;
CREATE INDEX ideas_challenge_deck_0 ON ideas (challenge_id, (hashint8extended(id, 0) >> 2)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden AND challenge_id IS NOT NULL;
CREATE INDEX ideas_deck_1 ON ideas ((hashint8extended(id, 1) >> 2)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden;
CREATE INDEX ideas_topic_deck_1 ON ideas (topic_id, (hashint8extended(id, 1) >> 2)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden AND topic_id IS NOT NULL;
CREATE INDEX ideas_challenge_deck_1 ON ideas (challenge_id, (hashint8extended(id, 1) >> 2)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden AND challenge_id IS NOT NULL;

-- The database must know that the hashes are spread evenly, or it would sort
-- what an index holds in order.
CREATE STATISTICS ideas_deck_0_spread ON (hashint8extended(id, 0) >> 2) FROM ideas;
CREATE STATISTICS ideas_deck_1_spread ON (hashint8extended(id, 1) >> 2) FROM ideas;

-- The stems of a title, without the stop words of either language, because
-- "for the" and "voor de" make titles look alike that are not.
CREATE FUNCTION title_stems(title text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 500 AS $$
    SELECT to_tsvector('pg_catalog.english', array_to_string(tsvector_to_array(to_tsvector('pg_catalog.dutch', public.plain_words(title))), ' '))
$$;

CREATE INDEX ideas_title_stems ON ideas USING gin (title_stems(title)) WHERE status IN ('open', 'under_review', 'shortlisted') AND NOT hidden;
