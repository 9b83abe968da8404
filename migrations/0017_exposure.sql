-- +goose Up
-- Exposure: how often an idea was shown, and what a member skipped in a deck.
--
-- The support rate is voters by who saw the idea, and the trending page gives a
-- place to ideas that few have seen. Both need a count that is kept, because
-- counting the sights of every idea on each page would read millions of rows.
-- A member counts once a day; staff do not count, as their votes do not.
--
-- exposures is a table of its own: an update of ranks or ideas would touch every
-- index they have. Its one index ends at a hundred sights, so that an idea which
-- has been seen enough is counted without touching any.
--
-- Whoever changes sights holds the exposures of these ideas first, in order of
-- idea: so neither two members on one page nor a removed idea can deadlock. Who
-- has seen all of it today, which is most pages, holds nothing.
-- Locks: seen while two empty columns are added; ideas while its trigger is.

ALTER TABLE seen
    ADD COLUMN last_on    date,        -- the last day it counted; null: the day of first_at, from before this column
    ADD COLUMN skipped_at timestamptz; -- passed over in a scoring deck

CREATE TABLE exposures (
    idea_id bigint  PRIMARY KEY,
    shown   bigint  NOT NULL DEFAULT 0, -- a member counts once a day
    members integer NOT NULL DEFAULT 0, -- a member counts once
    votable boolean NOT NULL DEFAULT false, -- listed and open for votes, as far as the idea itself says
    CONSTRAINT exposures_counted CHECK (members >= 0 AND shown >= members)
) WITH (fillfactor = 70);

-- Counts anew from seen, for what was written there all at once. A day before
-- the last one that a member saw an idea is not known any more.
CREATE FUNCTION exposures_recount() RETURNS void LANGUAGE sql AS $$
    INSERT INTO exposures AS e (idea_id, shown, members, votable)
    SELECT i.id, coalesce(s.members, 0), coalesce(s.members, 0), i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden
    FROM ideas i
    LEFT JOIN (
        SELECT n.idea_id, count(*)::integer AS members FROM seen n JOIN accounts a ON a.id = n.account_id
        WHERE NOT a.roles && '{team,moderator,admin}' GROUP BY n.idea_id
    ) AS s ON s.idea_id = i.id
    WHERE i.status <> 'draft' ORDER BY i.id
    ON CONFLICT (idea_id) DO UPDATE SET shown = greatest(e.shown, excluded.members), members = excluded.members, votable = excluded.votable
    WHERE (e.members, e.votable) IS DISTINCT FROM (excluded.members, excluded.votable)
$$;

SELECT exposures_recount();

-- The least shown first, among them the youngest: the newcomers.
CREATE INDEX exposures_least ON exposures (shown, idea_id DESC) WHERE votable AND shown < 100;

-- What one passed over, to be offered again.
CREATE INDEX seen_skipped ON seen (account_id, idea_id) WHERE skipped_at IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION ideas_hold_exposure() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    takes_votes boolean := NEW.status IN ('open', 'under_review', 'shortlisted') AND NOT NEW.hidden;
BEGIN
    INSERT INTO exposures (idea_id, votable) VALUES (NEW.id, takes_votes) ON CONFLICT DO NOTHING;
    UPDATE exposures SET votable = takes_votes WHERE idea_id = NEW.id AND votable <> takes_votes;
    RETURN NULL;
END $$;

-- It comes before ideas_drop_votes, which removes the sights, by its name.
CREATE FUNCTION ideas_drop_exposure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM exposures e WHERE e.idea_id IN (SELECT id FROM gone) ORDER BY e.idea_id FOR UPDATE;
    DELETE FROM exposures WHERE exposures.idea_id IN (SELECT id FROM gone);
    RETURN NULL;
END $$;

-- Notes that somebody was shown these ideas on a day. Own ideas, drafts and what
-- does not exist are passed over. skip says that they were passed over in a deck.
CREATE FUNCTION mark_seen(viewer bigint, counts boolean, asked bigint[], today date, skip boolean) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    fresh bigint[];
    held  bigint[];
BEGIN
    SELECT array_agg(i.id) INTO fresh
    FROM ideas i LEFT JOIN seen s ON s.account_id = viewer AND s.idea_id = i.id
    WHERE i.id = ANY (asked) AND i.contributor_id <> viewer
      AND (s.idea_id IS NULL OR coalesce(s.last_on, (s.first_at AT TIME ZONE 'UTC')::date) < today OR skip AND s.skipped_at IS NULL);
    IF fresh IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(l.idea_id) INTO held
    FROM (SELECT e.idea_id FROM exposures e WHERE e.idea_id = ANY (fresh) ORDER BY e.idea_id FOR UPDATE) AS l;

    WITH before AS MATERIALIZED ( -- read once the exposures are held, so that nobody else counts the same
        SELECT h.id, s.idea_id IS NULL AS first, s.idea_id IS NULL OR coalesce(s.last_on, (s.first_at AT TIME ZONE 'UTC')::date) < today AS today_first
        FROM unnest(held) AS h (id) LEFT JOIN seen s ON s.account_id = viewer AND s.idea_id = h.id
    ), marked AS (
        INSERT INTO seen AS s (account_id, idea_id, last_on, skipped_at)
        SELECT viewer, id, today, CASE WHEN skip THEN now() END FROM before ORDER BY id
        ON CONFLICT (account_id, idea_id) DO UPDATE
        SET last_on = greatest(coalesce(s.last_on, (s.first_at AT TIME ZONE 'UTC')::date), excluded.last_on), skipped_at = coalesce(s.skipped_at, excluded.skipped_at)
    )
    UPDATE exposures e SET shown = e.shown + 1, members = e.members + b.first::integer
    FROM before b WHERE counts AND b.today_first AND e.idea_id = b.id;
END $$;
-- +goose StatementEnd

CREATE TRIGGER ideas_hold_exposure AFTER UPDATE OF status, hidden ON ideas
    FOR EACH ROW WHEN (NEW.status <> 'draft' AND (OLD.status, OLD.hidden) IS DISTINCT FROM (NEW.status, NEW.hidden))
    EXECUTE FUNCTION ideas_hold_exposure();

CREATE TRIGGER ideas_drop_exposure AFTER DELETE ON ideas REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ideas_drop_exposure();
