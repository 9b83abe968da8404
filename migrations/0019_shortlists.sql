-- +goose Up
-- Shortlists: the team's closer look at a few ideas, in an order of its own,
-- with score cards and prepared decisions.
--
-- Cards and decisions hang on the list and the idea, not on the entry: an idea
-- that is taken off and put back finds what was written about it. A mark refers
-- to its criterion with RESTRICT, so that no criterion in use can go. A card
-- that was handed in stays handed in; what it said before a change is kept in
-- score_card_versions. revision grows with every change of a prepared decision,
-- and a publication names the one it saw.
-- Locks: none that matter, every table is new.

CREATE TABLE shortlists (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text        NOT NULL CONSTRAINT shortlists_name_length CHECK (char_length(name) BETWEEN 2 AND 80),
    challenge_id bigint      CONSTRAINT shortlists_challenge_fkey REFERENCES challenges (id), -- null: a free one
    maker_id     bigint      NOT NULL REFERENCES accounts (id),
    revision     bigint      NOT NULL DEFAULT 0, -- of its prepared decisions
    created_at   timestamptz NOT NULL DEFAULT now(),
    closed_at    timestamptz,
    published_at timestamptz, -- the last time that decisions were
    published_by bigint      REFERENCES accounts (id),
    CONSTRAINT shortlists_published_by_somebody CHECK ((published_at IS NULL) = (published_by IS NULL))
);

CREATE UNIQUE INDEX shortlists_name_key ON shortlists (lower(name));

CREATE TABLE shortlist_entries (
    shortlist_id bigint      NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
    idea_id      bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    position     integer     NOT NULL CONSTRAINT shortlist_entries_position_positive CHECK (position > 0),
    put_by       bigint      NOT NULL REFERENCES accounts (id),
    put_at       timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT shortlist_entries_once PRIMARY KEY (shortlist_id, idea_id),
    CONSTRAINT shortlist_entries_position_key UNIQUE (shortlist_id, position) DEFERRABLE INITIALLY DEFERRED
);

CREATE INDEX shortlist_entries_by_idea ON shortlist_entries (idea_id);

CREATE TABLE shortlist_criteria (
    id           bigint       GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shortlist_id bigint       NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
    name         text         NOT NULL CONSTRAINT shortlist_criteria_name_length CHECK (char_length(name) BETWEEN 1 AND 60),
    weight       numeric(5,2) NOT NULL CONSTRAINT shortlist_criteria_weight_range CHECK (weight > 0 AND weight <= 100),
    CONSTRAINT shortlist_criteria_list_key UNIQUE (id, shortlist_id)
);

CREATE UNIQUE INDEX shortlist_criteria_name_key ON shortlist_criteria (shortlist_id, lower(name));

CREATE TABLE score_cards (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    shortlist_id bigint      NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
    idea_id      bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    reviewer_id  bigint      NOT NULL REFERENCES accounts (id),
    note         text        NOT NULL DEFAULT '' CONSTRAINT score_cards_note_length CHECK (char_length(note) <= 500),
    saved_at     timestamptz NOT NULL DEFAULT now(),
    handed_in_at timestamptz, -- null: a draft, which only its reviewer sees
    changed_at   timestamptz, -- after handing in, when the others' could be seen
    CONSTRAINT score_cards_one_each UNIQUE (shortlist_id, idea_id, reviewer_id),
    CONSTRAINT score_cards_list_key UNIQUE (id, shortlist_id),
    CONSTRAINT score_cards_changed_after_handing_in CHECK (changed_at IS NULL OR changed_at >= handed_in_at)
);

CREATE TABLE score_card_marks (
    card_id      bigint   NOT NULL,
    criterion_id bigint   NOT NULL,
    shortlist_id bigint   NOT NULL,
    mark         smallint NOT NULL CONSTRAINT score_card_marks_range CHECK (mark BETWEEN 1 AND 5),
    PRIMARY KEY (card_id, criterion_id),
    CONSTRAINT score_card_marks_card FOREIGN KEY (card_id, shortlist_id) REFERENCES score_cards (id, shortlist_id) ON DELETE CASCADE,
    CONSTRAINT score_card_marks_criterion FOREIGN KEY (criterion_id, shortlist_id) REFERENCES shortlist_criteria (id, shortlist_id) ON DELETE RESTRICT
);

CREATE INDEX score_card_marks_by_criterion ON score_card_marks (criterion_id);

-- What a card said when it was handed in, and after each change but the last.
CREATE TABLE score_card_versions (
    card_id  bigint      NOT NULL REFERENCES score_cards (id) ON DELETE CASCADE,
    version  integer     NOT NULL,
    marks    jsonb       NOT NULL, -- criterion id to mark
    note     text        NOT NULL,
    until_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (card_id, version)
);

-- +goose StatementBegin
CREATE FUNCTION score_cards_stay_handed_in() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a card that was handed in stays handed in' USING ERRCODE = 'check_violation', CONSTRAINT = 'score_cards_stay_handed_in';
END $$;
-- +goose StatementEnd

CREATE TRIGGER score_cards_stay_handed_in BEFORE UPDATE ON score_cards
    FOR EACH ROW WHEN (OLD.handed_in_at IS NOT NULL AND NEW.handed_in_at IS DISTINCT FROM OLD.handed_in_at)
    EXECUTE FUNCTION score_cards_stay_handed_in();

-- A decision that waits to be published with the others of its list. Where
-- to_status is where the idea is, it is an answer without a move.
CREATE TABLE prepared_decisions (
    shortlist_id   bigint      NOT NULL REFERENCES shortlists (id) ON DELETE CASCADE,
    idea_id        bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    to_status      text        NOT NULL CONSTRAINT prepared_decisions_status_known CHECK (to_status IN
                               ('open', 'under_review', 'shortlisted', 'adopted', 'declined', 'needs_work', 'parked')),
    from_status    text        NOT NULL, -- where the idea was when it was prepared
    answer         text        NOT NULL DEFAULT '' CONSTRAINT prepared_decisions_answer_size CHECK (octet_length(answer) <= 65536),
    reason         text        NOT NULL DEFAULT '',
    product_name   text        NOT NULL DEFAULT '' CONSTRAINT prepared_decisions_name_length CHECK (char_length(product_name) <= 120),
    joins          text        NOT NULL DEFAULT '', -- slug of a product
    pipeline_since date,
    prepared_by    bigint      NOT NULL REFERENCES accounts (id),
    prepared_at    timestamptz NOT NULL DEFAULT now(),
    published_at   timestamptz,
    PRIMARY KEY (shortlist_id, idea_id)
);
