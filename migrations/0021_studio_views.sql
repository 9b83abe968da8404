-- +goose Up
-- The studio board: saved views, moves of many ideas at once that can be taken
-- back, and the indexes its lanes are read by.
--
-- A lane shows its most pressing ideas first. What waits for an answer and what
-- waits for a decision each walk an index in the order they came, what has a day
-- set by hand walks that day, and the database merges the first few of each. So
-- the board reads what it shows, however many ideas there are.
-- An undo may now take back every move of the team but one out of a refusal,
-- which would need its reason given anew.
-- Locks: ideas while its indexes are built, seconds for a million ideas.

CREATE INDEX ideas_unanswered ON ideas (status, import_id, submitted_at, id)
    WHERE answered_at IS NULL AND decide_by IS NULL AND status IN ('held', 'open', 'under_review', 'shortlisted');
CREATE INDEX ideas_undecided ON ideas (status, import_id, submitted_at, id)
    WHERE answered_at IS NOT NULL AND decide_by IS NULL AND status IN ('held', 'open', 'under_review', 'shortlisted');
CREATE INDEX ideas_dated ON ideas (status, decide_by, id) WHERE decide_by IS NOT NULL;
CREATE INDEX ideas_moved ON ideas (status, move_id DESC) WHERE status NOT IN ('draft', 'held', 'open', 'under_review', 'shortlisted', 'merged', 'withdrawn');
CREATE INDEX accounts_deciding ON accounts (id) WHERE roles && '{team,admin}';

INSERT INTO idea_moves (from_status, to_status, undo) VALUES
    ('under_review', 'open', true), ('shortlisted', 'open', true), ('shortlisted', 'under_review', true),
    ('declined', 'under_review', true), ('declined', 'shortlisted', true),
    ('needs_work', 'under_review', true), ('needs_work', 'shortlisted', true),
    ('parked', 'under_review', true), ('parked', 'shortlisted', true);

-- What somebody of the team looks at often: the filters as they stand in the
-- address. One of them may be where the studio opens for a member.
CREATE TABLE studio_views (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id bigint      NOT NULL REFERENCES accounts (id),
    name     text        NOT NULL CONSTRAINT studio_views_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
    query    text        NOT NULL CONSTRAINT studio_views_query_length CHECK (char_length(query) <= 500),
    shared   boolean     NOT NULL DEFAULT false,
    made_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT studio_views_name_key UNIQUE (owner_id, name)
);

CREATE TABLE studio_defaults (
    account_id bigint PRIMARY KEY REFERENCES accounts (id),
    view_id    bigint NOT NULL REFERENCES studio_views (id) ON DELETE CASCADE
);

-- What was done to many ideas at once, with what each was before.
CREATE TABLE bulk_actions (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    actor_id  bigint      NOT NULL REFERENCES accounts (id),
    kind      text        NOT NULL CONSTRAINT bulk_actions_kind_known CHECK (kind IN ('move', 'owner', 'topic', 'decide_by', 'shortlist')),
    said      text        NOT NULL, -- to where: a status, an account, a topic's address, a day, a shortlist; empty for none
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    undone_at timestamptz,
    undone_by bigint      REFERENCES accounts (id),
    CONSTRAINT bulk_actions_undone_by_somebody CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);

CREATE INDEX bulk_actions_newest ON bulk_actions (id DESC);

CREATE TABLE bulk_items (
    bulk_id bigint NOT NULL REFERENCES bulk_actions (id) ON DELETE CASCADE,
    idea_id bigint NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    outcome text   NOT NULL CONSTRAINT bulk_items_outcome_known CHECK (outcome IN ('done', 'left', 'undone', 'kept')),
    why     text   NOT NULL DEFAULT '', -- the code of why it was left out, or not taken back
    before  text   NOT NULL DEFAULT '', -- the value that was replaced
    move_id bigint,                     -- of a move: its row of the history, by which an undo knows that nothing came after
    PRIMARY KEY (bulk_id, idea_id)
);

CREATE INDEX bulk_items_by_idea ON bulk_items (idea_id);
