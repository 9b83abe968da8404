-- +goose Up
-- Standing as a ledger that can be taken back, badges, and trust that is earned.
--
-- standing_points is the one table of what counts for how much: so many points
-- for each so many, at most so many for one source, and at most so many a day.
-- An entry says what it is for (kind and source), what that is worth, and the
-- points that the cap of its day left of it. What is undone gets a counter-entry
-- that names the entry it takes back; nothing is ever changed, and removed only
-- with its person. The numbers of one source's entries are a key: two servers
-- that settle the same account at once cannot both write the next one. The total
-- in standings is the sum of the entries, written in the transaction of the last.
-- standing_stale names people whose dues may have changed, written by triggers in
-- the transaction of the change itself, so that no writer can forget it; it has
-- no key, so that those who write it never wait for one another.
-- trusted says why somebody has that role: what was given or taken by hand is
-- left alone.
-- Locks: ideas, credits, merges, accounts and beta_reports for the moment of
-- adding a trigger.

CREATE TABLE standing_points (
    kind    text    PRIMARY KEY,
    points  integer NOT NULL CONSTRAINT standing_points_positive CHECK (points > 0),
    per     integer NOT NULL DEFAULT 1 CONSTRAINT standing_points_per_positive CHECK (per > 0), -- for each so many
    most    integer CONSTRAINT standing_points_most_positive CHECK (most > 0), -- for one source
    day_cap integer CONSTRAINT standing_points_day_cap_positive CHECK (day_cap > 0)
);

INSERT INTO standing_points (kind, points, per, most, day_cap) VALUES
    ('shortlisted', 20, 1, NULL, NULL), ('adopted', 100, 1, NULL, NULL), ('launched', 150, 1, NULL, NULL),
    ('co_created', 60, 1, NULL, NULL), ('taken_up', 30, 1, NULL, 90), ('merged', 15, 1, NULL, 30), ('built_on', 20, 1, NULL, NULL),
    ('thanked', 2, 1, NULL, 10), ('scored', 10, 1, NULL, 20), ('tested', 15, 1, NULL, 30), ('votes', 1, 10, 100, 50);

-- From how many points, and after how many days here, somebody is trusted.
CREATE TABLE trust_rule (
    one    boolean PRIMARY KEY DEFAULT true CONSTRAINT trust_rule_is_one CHECK (one),
    points integer NOT NULL DEFAULT 200,
    days   integer NOT NULL DEFAULT 30
);

INSERT INTO trust_rule DEFAULT VALUES;

CREATE TABLE standing_entries (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       text        NOT NULL REFERENCES standing_points (kind),
    source     text        NOT NULL CONSTRAINT standing_entries_source_shape CHECK (source ~ '^[a-z_]{2,20}:\d+(:\d+)?$'), -- the fact: "idea:42"
    n          integer     NOT NULL, -- of the entries of this source
    idea_id    bigint,      -- that it has to do with; null for none
    worth      integer     NOT NULL,
    points     integer     NOT NULL, -- of that, what the cap of the day left
    at         timestamptz NOT NULL, -- when it happened
    day        date        NOT NULL GENERATED ALWAYS AS ((at AT TIME ZONE 'UTC')::date) STORED,
    noted_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    reverses   bigint      CONSTRAINT standing_entries_reverses_fkey REFERENCES standing_entries (id) ON DELETE CASCADE,
    CONSTRAINT standing_entries_once UNIQUE (account_id, kind, source, n),
    CONSTRAINT standing_entries_reversed_once UNIQUE (reverses),
    CONSTRAINT standing_entries_sign CHECK (CASE WHEN reverses IS NULL THEN worth > 0 AND points BETWEEN 0 AND worth ELSE worth < 0 AND points BETWEEN worth AND 0 END)
);

CREATE INDEX standing_entries_newest ON standing_entries (account_id, at DESC, id DESC);
CREATE INDEX standing_entries_by_idea ON standing_entries (idea_id) WHERE idea_id IS NOT NULL;

CREATE TABLE badges (
    account_id bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    badge      text        NOT NULL CONSTRAINT badges_shape CHECK (badge ~ '^[a-z_]+(_\d+)?$'),
    at         timestamptz NOT NULL,
    PRIMARY KEY (account_id, badge)
);

CREATE TABLE trusted (
    account_id bigint      PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    by         text        NOT NULL CONSTRAINT trusted_by_known CHECK (by IN ('standing', 'hand')),
    at         timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE standing_stale (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint NOT NULL
);

-- Who scored or supported every idea of a challenge that others entered. Only
-- once its voting is over, so that nothing is told of what is sealed.
CREATE VIEW whole_challenges AS
SELECT v.voter_id AS account_id, c.id AS challenge_id, max(v.cast_at) AS at
FROM challenges c JOIN ideas i ON i.challenge_id = c.id JOIN votes v ON v.idea_id = i.id
WHERE c.voting_close_at <= clock_timestamp() AND i.status NOT IN ('draft', 'held', 'withdrawn', 'merged') AND NOT i.hidden AND v.counts AND v.via IS NULL
GROUP BY v.voter_id, c.id
HAVING count(*) >= 5 AND count(*) = (
    SELECT count(*) FROM ideas o WHERE o.challenge_id = c.id AND o.contributor_id <> v.voter_id
       AND o.status NOT IN ('draft', 'held', 'withdrawn', 'merged') AND NOT o.hidden);

-- +goose StatementBegin
CREATE FUNCTION standing_entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = OLD.account_id AND a.erased_at IS NULL) THEN
        RETURN OLD; -- it goes with its person
    END IF;
    RAISE EXCEPTION 'the ledger of standing is append only' USING ERRCODE = 'check_violation', CONSTRAINT = 'standing_entries_append_only';
END $$;

-- Everybody whose standing has to do with an idea.
CREATE FUNCTION standing_goes_stale(idea bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO standing_stale (account_id)
    SELECT contributor_id FROM ideas WHERE id = idea
    UNION SELECT e.account_id FROM standing_entries e WHERE e.idea_id = idea
    UNION SELECT t.account_id FROM taken_up t WHERE t.idea_id = idea
    UNION SELECT t.author_id FROM comments c JOIN thanks t ON t.comment_id = c.id WHERE c.idea_id = idea AND c.thanks > 0
    UNION SELECT c.account_id FROM product_ideas p JOIN credits c USING (product_id) WHERE p.idea_id = idea
    UNION SELECT i.contributor_id FROM merges m JOIN ideas i ON i.id = m.from_idea WHERE m.into_idea = idea
    UNION SELECT i.contributor_id FROM remixes r JOIN ideas i ON i.id = r.of_idea WHERE r.idea_id = idea
$$;

CREATE FUNCTION ideas_stir_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('draft', 'held') THEN -- nobody else has had to do with it yet
        INSERT INTO standing_stale (account_id) VALUES (NEW.contributor_id);
        RETURN NULL;
    END IF;
    PERFORM standing_goes_stale(NEW.id);
    IF OLD.contributor_id <> NEW.contributor_id THEN
        INSERT INTO standing_stale (account_id) VALUES (OLD.contributor_id);
    END IF;
    RETURN NULL;
END $$;

-- For tables that name the person as account_id or author_id, and for people.
CREATE FUNCTION row_stirs_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    row jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
BEGIN
    INSERT INTO standing_stale (account_id) VALUES (coalesce(row->>'account_id', row->>'author_id', row->>'id')::bigint);
    RETURN NULL;
END $$;

CREATE FUNCTION merges_stir_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO standing_stale (account_id) SELECT contributor_id FROM ideas WHERE id IN (NEW.from_idea, NEW.into_idea);
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER standing_entries_append_only BEFORE UPDATE OR DELETE ON standing_entries
    FOR EACH ROW EXECUTE FUNCTION standing_entries_are_append_only();
CREATE TRIGGER ideas_stir_standing AFTER UPDATE OF status, hidden, contributor_id, challenge_id ON ideas
    FOR EACH ROW WHEN ((OLD.status, OLD.hidden, OLD.contributor_id, OLD.challenge_id) IS DISTINCT FROM (NEW.status, NEW.hidden, NEW.contributor_id, NEW.challenge_id)) EXECUTE FUNCTION ideas_stir_standing();
CREATE TRIGGER merges_stir_standing AFTER INSERT OR UPDATE ON merges FOR EACH ROW EXECUTE FUNCTION merges_stir_standing();
CREATE TRIGGER credits_stir_standing AFTER INSERT OR UPDATE OR DELETE ON credits FOR EACH ROW EXECUTE FUNCTION row_stirs_standing();
CREATE TRIGGER taken_up_stirs_standing AFTER INSERT OR UPDATE OR DELETE ON taken_up FOR EACH ROW EXECUTE FUNCTION row_stirs_standing();
CREATE TRIGGER thanks_stir_standing AFTER INSERT OR DELETE ON thanks FOR EACH ROW EXECUTE FUNCTION row_stirs_standing();
CREATE TRIGGER beta_reports_stir_standing AFTER INSERT OR DELETE ON beta_reports FOR EACH ROW EXECUTE FUNCTION row_stirs_standing();
CREATE TRIGGER comments_stir_standing AFTER UPDATE OF hidden, deleted_at ON comments
    FOR EACH ROW WHEN ((OLD.hidden, OLD.deleted_at) IS DISTINCT FROM (NEW.hidden, NEW.deleted_at) AND (OLD.thanks > 0 OR OLD.taken_up OR OLD.hidden <> NEW.hidden))
    EXECUTE FUNCTION row_stirs_standing();
CREATE TRIGGER accounts_stir_standing AFTER UPDATE OF barred_until, confirmed_at ON accounts
    FOR EACH ROW WHEN ((OLD.barred_until, OLD.confirmed_at) IS DISTINCT FROM (NEW.barred_until, NEW.confirmed_at)) EXECUTE FUNCTION row_stirs_standing();
