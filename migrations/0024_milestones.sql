-- +goose Up
-- The time of an open idea, and the milestones that its votes reached.
--
-- An idea's time counts from the moment it opened on this board: opened_at moves
-- with every move to open, so that one which comes back gets its time anew, and
-- an imported idea, or one of the demo data, counts from when it came here. How
-- long its time is follows from the settings and from what its milestones gave
-- it, which is kept with them: a setting that changes takes nothing back. What
-- stands on a board that is brought up to this version counts from now, and the
-- milestones it passed long ago are noted without telling anybody.
-- Locks: ideas for the moment of adding a column, and while the index is built.

ALTER TABLE ideas ADD COLUMN opened_at timestamptz NOT NULL DEFAULT now();

-- +goose StatementBegin
CREATE FUNCTION ideas_begin_their_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.opened_at := now();
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER ideas_opened BEFORE UPDATE OF status ON ideas
    FOR EACH ROW WHEN (NEW.status = 'open' AND OLD.status <> 'open') EXECUTE FUNCTION ideas_begin_their_time();

CREATE INDEX ideas_open_since ON ideas (opened_at) WHERE status = 'open' AND challenge_id IS NULL;

CREATE TABLE milestones_reached (
    idea_id bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    voters  integer     NOT NULL CONSTRAINT milestones_reached_voters_positive CHECK (voters > 0),
    days    integer     NOT NULL CONSTRAINT milestones_reached_days_not_negative CHECK (days >= 0), -- how much longer it stays open for it
    at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (idea_id, voters)
);

INSERT INTO milestones_reached (idea_id, voters, days)
SELECT t.idea_id, m.voters, m.days
FROM tallies t JOIN ideas i ON i.id = t.idea_id LEFT JOIN challenges h ON h.id = i.challenge_id
CROSS JOIN (VALUES (100, 365), (1000, 182), (5000, 182), (10000, 0)) AS m (voters, days)
WHERE t.voters >= m.voters AND coalesce(challenge_seal(h.sealed, h.voting_close_at, now()), '') = '';
