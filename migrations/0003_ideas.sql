-- +goose Up
-- Topics, ideas, their versions and their history.
--
-- The status of an idea can only change together with a row of its history:
-- ideas (move_id, id, status) refers to that row, and a trigger holds that the
-- row leads from the status before, both deferred to the commit. The moves
-- allowed stand in idea_moves, a copy of the table in internal/ideas that a test
-- compares; a refusal without a reason is no row at all. So a decline without a
-- reason is impossible by any path.
-- Locks: none that matter, every table is new.

CREATE TABLE topics (
    id       bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug     text    NOT NULL CONSTRAINT topics_slug_key UNIQUE CONSTRAINT topics_slug_shape CHECK (slug ~ '^[a-z0-9-]{2,40}$'),
    name_en  text    NOT NULL,
    name_nl  text    NOT NULL,
    position integer NOT NULL DEFAULT 0,
    held     boolean NOT NULL DEFAULT false -- pre-moderation: what is proposed here waits for a moderator
);

-- What a tsquery is matched against: Dutch and English stems and the bare
-- words, without accents, the title above the story. A word is kept in all
-- three forms, because the language of an idea is not known for certain.
CREATE FUNCTION plain_words(body text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, body)) $$;

CREATE FUNCTION idea_document(title text, body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT setweight(to_tsvector('pg_catalog.simple', public.plain_words(title)), 'A')
        || setweight(to_tsvector('pg_catalog.dutch', public.plain_words(title)), 'A')
        || setweight(to_tsvector('pg_catalog.english', public.plain_words(title)), 'A')
        || setweight(to_tsvector('pg_catalog.simple', public.plain_words(left(body, 20000))), 'C')
        || setweight(to_tsvector('pg_catalog.dutch', public.plain_words(left(body, 20000))), 'C')
        || setweight(to_tsvector('pg_catalog.english', public.plain_words(left(body, 20000))), 'C')
$$;

CREATE TABLE ideas (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    contributor_id bigint      NOT NULL REFERENCES accounts (id),
    topic_id       bigint      REFERENCES topics (id),
    title          text        NOT NULL CONSTRAINT ideas_title_length CHECK (char_length(title) <= 120),
    slug           text        NOT NULL,
    story_source   text        NOT NULL DEFAULT '' CONSTRAINT ideas_story_size CHECK (octet_length(story_source) <= 65536),
    story_html     text        NOT NULL DEFAULT '',
    story_text     text        NOT NULL DEFAULT '', -- the words of story_html, for search and excerpts
    policy_version integer     NOT NULL DEFAULT 0,
    cover_id       text        REFERENCES images (id),
    status         text        NOT NULL DEFAULT 'draft' CONSTRAINT ideas_status_known CHECK (status IN ('draft', 'held', 'open',
                               'under_review', 'shortlisted', 'adopted', 'in_production', 'launched', 'declined', 'needs_work',
                               'parked', 'merged', 'withdrawn')),
    hidden         boolean     NOT NULL DEFAULT false, -- a moderator's flag beside the status
    move_id        bigint      NOT NULL,
    version        integer     NOT NULL DEFAULT 1,
    accepted_rules integer     NOT NULL DEFAULT 0, -- the version of the house rules its contributor accepted
    carried_over   integer     NOT NULL DEFAULT 0 CONSTRAINT ideas_carried_over_not_negative CHECK (carried_over >= 0),
    source         text        NOT NULL DEFAULT '', -- of an imported idea: where from
    external_id    text        NOT NULL DEFAULT '',
    import_id      bigint,
    created_at     timestamptz NOT NULL DEFAULT now(),
    submitted_at   timestamptz,
    changed_at     timestamptz NOT NULL DEFAULT now(),
    answered_at    timestamptz, -- the first official answer
    search         tsvector    GENERATED ALWAYS AS (idea_document(title, story_text)) STORED,
    CONSTRAINT ideas_submitted_have_title CHECK (status = 'draft' OR (submitted_at IS NOT NULL AND char_length(title) >= 3))
) WITH (fillfactor = 80);

CREATE INDEX ideas_newest ON ideas (submitted_at DESC, id DESC) WHERE status NOT IN ('draft', 'held', 'withdrawn', 'merged') AND NOT hidden;
CREATE INDEX ideas_by_contributor ON ideas (contributor_id, created_at DESC);
CREATE INDEX ideas_by_status ON ideas (status, submitted_at DESC);
CREATE INDEX ideas_by_topic ON ideas (topic_id, submitted_at DESC);
CREATE INDEX ideas_search ON ideas USING gin (search);
CREATE INDEX ideas_title_parts ON ideas USING gin (plain_words(title) gin_trgm_ops);
CREATE INDEX ideas_story_parts ON ideas USING gin (plain_words(story_text) gin_trgm_ops);
CREATE UNIQUE INDEX ideas_by_source ON ideas (source, external_id) WHERE source <> '';
CREATE INDEX ideas_by_import ON ideas (import_id) WHERE import_id IS NOT NULL;

CREATE TABLE idea_tags (
    idea_id bigint NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    tag     text   NOT NULL CONSTRAINT idea_tags_shape CHECK (char_length(tag) BETWEEN 2 AND 30),
    PRIMARY KEY (idea_id, tag)
);

CREATE INDEX idea_tags_by_tag ON idea_tags (tag);

CREATE TABLE idea_pictures (
    idea_id  bigint  NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    image_id text    NOT NULL REFERENCES images (id),
    position integer NOT NULL,
    alt      text    NOT NULL DEFAULT '' CONSTRAINT idea_pictures_alt_length CHECK (char_length(alt) <= 500),
    PRIMARY KEY (idea_id, image_id)
);

-- What an idea said before each edit.
CREATE TABLE idea_versions (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id        bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    version        integer     NOT NULL,
    editor_id      bigint      NOT NULL REFERENCES accounts (id),
    title          text        NOT NULL,
    story_source   text        NOT NULL DEFAULT '', -- kept, so that an old text is rendered by new rules too
    story_html     text        NOT NULL,
    policy_version integer     NOT NULL DEFAULT 0,
    replaced_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT idea_versions_number_key UNIQUE (idea_id, version)
);

CREATE TABLE idea_moves (
    from_status text    NOT NULL,
    to_status   text    NOT NULL,
    undo        boolean NOT NULL DEFAULT false, -- allowed only within the hour, as an undo
    PRIMARY KEY (from_status, to_status)
);

INSERT INTO idea_moves (from_status, to_status, undo) VALUES
    ('draft', 'open', false), ('draft', 'held', false),
    ('held', 'open', false), ('held', 'declined', false), ('held', 'withdrawn', false),
    ('open', 'under_review', false), ('open', 'shortlisted', false), ('open', 'adopted', false), ('open', 'declined', false),
    ('open', 'needs_work', false), ('open', 'parked', false), ('open', 'merged', false), ('open', 'withdrawn', false),
    ('under_review', 'shortlisted', false), ('under_review', 'adopted', false), ('under_review', 'declined', false),
    ('under_review', 'needs_work', false), ('under_review', 'parked', false), ('under_review', 'merged', false), ('under_review', 'withdrawn', false),
    ('shortlisted', 'adopted', false), ('shortlisted', 'declined', false), ('shortlisted', 'needs_work', false),
    ('shortlisted', 'parked', false), ('shortlisted', 'merged', false), ('shortlisted', 'withdrawn', false),
    ('needs_work', 'open', false), ('needs_work', 'withdrawn', false),
    ('parked', 'open', false), ('parked', 'withdrawn', false),
    ('declined', 'open', false),
    ('merged', 'open', false), ('merged', 'under_review', false), ('merged', 'shortlisted', false),
    ('adopted', 'in_production', false), ('adopted', 'launched', false), ('in_production', 'launched', false),
    ('adopted', 'open', true), ('adopted', 'under_review', true), ('adopted', 'shortlisted', true),
    ('in_production', 'adopted', true), ('launched', 'adopted', true), ('launched', 'in_production', true);

-- Every move and every official answer, append only: the public timeline.
CREATE TABLE idea_history (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id        bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    kind           text        NOT NULL CONSTRAINT idea_history_kind_known CHECK (kind IN ('move', 'answer')),
    from_status    text,
    to_status      text        NOT NULL,
    actor_id       bigint      NOT NULL REFERENCES accounts (id),
    at             timestamptz NOT NULL DEFAULT now(),
    answer_source  text        NOT NULL DEFAULT '',
    answer_html    text        NOT NULL DEFAULT '',
    policy_version integer     NOT NULL DEFAULT 0,
    reason         text,
    undo           boolean     NOT NULL DEFAULT false,
    moved_to       text        GENERATED ALWAYS AS (CASE WHEN kind = 'move' THEN to_status END) STORED, -- what ideas refers to: an answer moves nothing
    CONSTRAINT idea_history_idea_status_key UNIQUE (id, idea_id, moved_to),
    CONSTRAINT idea_history_move_allowed FOREIGN KEY (from_status, to_status) REFERENCES idea_moves (from_status, to_status),
    CONSTRAINT idea_history_move_moves CHECK (kind = 'answer' OR from_status IS DISTINCT FROM to_status),
    CONSTRAINT idea_history_begins_as_draft CHECK (from_status IS NOT NULL OR kind = 'answer' OR to_status = 'draft'),
    CONSTRAINT idea_history_reason_given CHECK (kind = 'answer' OR to_status NOT IN ('declined', 'needs_work', 'parked') OR reason IS NOT NULL),
    CONSTRAINT idea_history_reason_known CHECK (reason IN ('too_costly', 'not_feasible', 'not_our_business', 'duplicate_effort',
        'safety', 'needs_detail', 'needs_prototype', 'timing', 'house_rules', 'expired', 'other')),
    CONSTRAINT idea_history_answer_says_something CHECK (kind = 'move' OR (answer_html <> '' AND from_status IS NULL))
);

CREATE INDEX idea_history_by_idea ON idea_history (idea_id, id);

ALTER TABLE ideas ADD CONSTRAINT ideas_move_in_history FOREIGN KEY (move_id, id, status)
    REFERENCES idea_history (id, idea_id, moved_to) DEFERRABLE INITIALLY DEFERRED;

-- +goose StatementBegin
CREATE FUNCTION idea_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.id, OLD.idea_id, OLD.kind, OLD.from_status, OLD.to_status, OLD.actor_id, OLD.at, OLD.answer_source, OLD.reason, OLD.undo)
        IS NOT DISTINCT FROM (NEW.id, NEW.idea_id, NEW.kind, NEW.from_status, NEW.to_status, NEW.actor_id, NEW.at, NEW.answer_source, NEW.reason, NEW.undo) THEN
        RETURN NEW; -- only the rendering changes: server reclean
    END IF;
    IF TG_OP = 'DELETE' AND NOT EXISTS (SELECT 1 FROM ideas WHERE ideas.id = OLD.idea_id) THEN
        RETURN OLD; -- it goes with its idea
    END IF;
    RAISE EXCEPTION 'the history of an idea is append only' USING ERRCODE = 'check_violation', CONSTRAINT = 'idea_history_append_only';
END $$;

-- A status follows from a move that began where the idea was, and a way back
-- that only an undo may take is marked as one.
CREATE FUNCTION ideas_move_from_where_they_are() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ideas WHERE ideas.id = NEW.id) THEN
        RETURN NULL; -- removed since, with its history
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM idea_history h JOIN idea_moves m USING (from_status, to_status)
        WHERE h.id = NEW.move_id AND h.id > OLD.move_id AND h.idea_id = NEW.id AND h.kind = 'move'
          AND h.from_status = OLD.status AND h.to_status = NEW.status AND (h.undo OR NOT m.undo)) THEN
        RAISE EXCEPTION 'idea % did not move from % to %', NEW.id, OLD.status, NEW.status
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ideas_move_from_here';
    END IF;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER idea_history_append_only BEFORE UPDATE OR DELETE ON idea_history
    FOR EACH ROW EXECUTE FUNCTION idea_history_is_append_only();

CREATE CONSTRAINT TRIGGER ideas_move_from_here AFTER UPDATE OF status ON ideas DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION ideas_move_from_where_they_are();

-- First sight of an idea by a member: the support rate, and the order "unseen".
CREATE TABLE seen (
    account_id bigint      NOT NULL,
    idea_id    bigint      NOT NULL,
    first_at   timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, idea_id)
);

CREATE TABLE answer_templates (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name   text   NOT NULL CONSTRAINT answer_templates_name_key UNIQUE CONSTRAINT answer_templates_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    lang   text   NOT NULL DEFAULT 'en' CONSTRAINT answer_templates_lang_known CHECK (lang IN ('en', 'nl')),
    status text   NOT NULL DEFAULT '',
    reason text   NOT NULL DEFAULT '',
    body   text   NOT NULL CONSTRAINT answer_templates_body_size CHECK (octet_length(body) <= 65536)
);

-- Words typed before signing in, until their owner has signed in. A day at most.
CREATE TABLE carried_drafts (
    token_hash bytea       PRIMARY KEY,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
