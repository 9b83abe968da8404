-- +goose Up
-- Search across ideas, talk, people, products and challenges; and who asked to be
-- erased.
--
-- As with ideas (migration 0015) the plans of a search are fixed here: each
-- function may use the indexes of words and of parts and nothing else, and gives
-- at most so many matches, in no order. What is hidden, deleted or private is
-- left out in the same place, so that no caller can forget it. People are found
-- by name and handle, and only those whose profile is wholly public.
-- Who asks to be erased has a week to think again. seen_as and told are what the
-- account was before it was hidden for that week.
-- Locks: comments while a column is computed for each, which are few or none
-- when this comes with their table; accounts, products and challenges while
-- their small indexes are built, which stops writes and no reads.

ALTER TABLE comments ADD COLUMN search tsvector GENERATED ALWAYS AS (idea_document('', text)) STORED;
CREATE INDEX comments_search ON comments USING gin (search);

CREATE FUNCTION product_document(name text, story_html text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT public.idea_document(name, regexp_replace(story_html, '<[^>]*>', ' ', 'g')) $$;

CREATE INDEX accounts_name_parts ON accounts USING gin (plain_words(name) gin_trgm_ops) WHERE visibility = 'full' AND email IS NOT NULL;
CREATE INDEX accounts_handle_parts ON accounts USING gin (plain_words(handle::text) gin_trgm_ops) WHERE visibility = 'full' AND email IS NOT NULL;
CREATE INDEX products_search ON products USING gin (product_document(name, story_html));
CREATE INDEX products_name_parts ON products USING gin (plain_words(name) gin_trgm_ops);
CREATE INDEX challenges_search ON challenges USING gin (idea_document(title, question));
CREATE INDEX challenges_title_parts ON challenges USING gin (plain_words(title) gin_trgm_ops);

-- +goose StatementBegin
CREATE FUNCTION ideas_nearly(typed text, statuses text[], most integer)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE ROWS 100
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET pg_trgm.word_similarity_threshold = 0.45 AS $$
#variable_conflict use_column
DECLARE
    words text := plain_words(typed);
BEGIN
    IF char_length(words) BETWEEN 4 AND 60 THEN
        RETURN QUERY
        SELECT i.id FROM ideas i
        WHERE plain_words(i.title) %> words AND (i.status = ANY (statuses)) IS TRUE AND coalesce(i.hidden, true) IS FALSE
        LIMIT most;
    END IF;
END $$;

CREATE FUNCTION comments_matching(query tsquery, most integer)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE ROWS 1000
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY SELECT c.id FROM comments c WHERE c.search @@ query AND c.shown LIMIT most;
END $$;

CREATE FUNCTION people_matching(typed text, part text, most integer)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE ROWS 100
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET pg_trgm.word_similarity_threshold = 0.45 AS $$
#variable_conflict use_column
DECLARE
    words text := plain_words(typed);
BEGIN
    IF words !~ '[[:alnum:]]' THEN
        RETURN; -- a pattern of signs alone would go through the whole index
    END IF;
    RETURN QUERY
    SELECT a.id FROM accounts a
    WHERE a.visibility = 'full' AND a.email IS NOT NULL
      AND (plain_words(a.name) LIKE part OR plain_words(a.handle::text) LIKE part OR plain_words(a.name) %> words)
    LIMIT most;
END $$;

CREATE FUNCTION products_matching(query tsquery, typed text, part text, most integer)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE ROWS 100
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET pg_trgm.word_similarity_threshold = 0.45 AS $$
#variable_conflict use_column
DECLARE
    words text := plain_words(typed);
BEGIN
    IF words !~ '[[:alnum:]]' THEN
        RETURN; -- a pattern of signs alone would go through the whole index
    END IF;
    RETURN QUERY
    SELECT p.id FROM products p
    WHERE product_document(p.name, p.story_html) @@ query OR plain_words(p.name) LIKE part OR plain_words(p.name) %> words
    LIMIT most;
END $$;

CREATE FUNCTION challenges_matching(query tsquery, typed text, part text, most integer)
RETURNS TABLE (id bigint)
LANGUAGE plpgsql STABLE ROWS 100
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_indexscan = off SET pg_trgm.word_similarity_threshold = 0.45 AS $$
#variable_conflict use_column
DECLARE
    words text := plain_words(typed);
BEGIN
    IF words !~ '[[:alnum:]]' THEN
        RETURN; -- a pattern of signs alone would go through the whole index
    END IF;
    RETURN QUERY
    SELECT c.id FROM challenges c
    WHERE idea_document(c.title, c.question) @@ query OR plain_words(c.title) LIKE part OR plain_words(c.title) %> words
    LIMIT most;
END $$;
-- +goose StatementEnd

CREATE TABLE erasures (
    account_id bigint      CONSTRAINT erasures_pkey PRIMARY KEY REFERENCES accounts (id),
    asked_at   timestamptz NOT NULL DEFAULT now(),
    due_at     timestamptz NOT NULL,
    take_texts boolean     NOT NULL, -- ideas and comments go too; false: they stay, by a former member
    seen_as    text        NOT NULL, -- the visibility to give back to who thinks again
    step       text        NOT NULL DEFAULT '', -- the last one that is done
    done_at    timestamptz,
    CONSTRAINT erasures_due_later CHECK (due_at >= asked_at)
);

CREATE INDEX erasures_due ON erasures (due_at) WHERE done_at IS NULL;
