-- +goose Up
-- The team's own work on ideas: who looks after one, by when, what colleagues
-- tell each other about it, and what was entered for a customer who wrote or
-- called.
--
-- Notes and events are private, so they stand in tables that no public reader
-- asks, and never in idea_history, which is the public timeline.
-- Locks: ideas for the moment of adding columns and a trigger.

ALTER TABLE ideas
    ADD COLUMN owner_id  bigint REFERENCES accounts (id), -- of the team; null: nobody yet
    ADD COLUMN decide_by date;                            -- set by hand; null: by the settings

CREATE INDEX ideas_by_owner ON ideas (owner_id, submitted_at) WHERE owner_id IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION ideas_owner_decides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM accounts WHERE id = NEW.owner_id AND roles && '{team,admin}' FOR SHARE) THEN
        RAISE EXCEPTION 'account % is not of the team', NEW.owner_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ideas_owner_of_team';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER ideas_owner_of_team BEFORE INSERT OR UPDATE OF owner_id ON ideas
    FOR EACH ROW WHEN (NEW.owner_id IS NOT NULL) EXECUTE FUNCTION ideas_owner_decides();

-- What the team did about an idea that the public timeline does not tell.
CREATE TABLE triage_events (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id  bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    kind     text        NOT NULL CONSTRAINT triage_events_kind_known CHECK (kind IN
                         ('assigned', 'decide_by', 'note', 'note_edited', 'note_removed', 'snoozed', 'woken', 'entered')),
    actor_id bigint      NOT NULL REFERENCES accounts (id),
    about_id bigint      REFERENCES accounts (id), -- assigned: the new owner; null for nobody
    day      date,                                 -- decide_by and snoozed: the day; null where it was taken away
    at       timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX triage_events_by_idea ON triage_events (idea_id, id);

CREATE TABLE idea_notes (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id    bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    author_id  bigint      NOT NULL REFERENCES accounts (id),
    body       text        NOT NULL CONSTRAINT idea_notes_body_length CHECK (char_length(body) BETWEEN 1 AND 4000),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    edited_at  timestamptz,
    deleted_at timestamptz
);

CREATE INDEX idea_notes_by_idea ON idea_notes (idea_id, id);

-- Who a note named: nobody hears of one note twice, however often it is edited.
CREATE TABLE idea_note_mentions (
    note_id    bigint NOT NULL REFERENCES idea_notes (id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts (id),
    PRIMARY KEY (note_id, account_id)
);

-- Ideas that the inbox leaves out until a day.
CREATE TABLE inbox_snoozes (
    idea_id  bigint PRIMARY KEY REFERENCES ideas (id) ON DELETE CASCADE,
    until    date   NOT NULL,
    actor_id bigint NOT NULL REFERENCES accounts (id)
);

-- An idea that came by letter, by phone or over the counter, and was entered by
-- the team. Who said it, and how they agreed, is for the team alone.
CREATE TABLE idea_behalves (
    idea_id    bigint      PRIMARY KEY REFERENCES ideas (id) ON DELETE CASCADE,
    actor_id   bigint      NOT NULL REFERENCES accounts (id),
    source     text        NOT NULL CONSTRAINT idea_behalves_source_known CHECK (source IN ('letter', 'mail', 'phone', 'shop', 'event', 'other')),
    who        text        NOT NULL DEFAULT '' CONSTRAINT idea_behalves_who_length CHECK (char_length(who) <= 500),
    consent    text        NOT NULL CONSTRAINT idea_behalves_consent_given CHECK (char_length(consent) BETWEEN 3 AND 500),
    consent_on date        NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
