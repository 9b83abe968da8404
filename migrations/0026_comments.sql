-- +goose Up
-- The talk about ideas.
--
-- A comment begins a thread (thread_id null) or stands in one, on one of two
-- levels of replies: parent_id is what it hangs under. An answer to something
-- deeper joins the second level, and reply_to names what it answers. All of a
-- thread is about one idea, which the foreign keys hold.
-- A deleted comment is emptied and stays as long as somebody answered it; a
-- hidden one keeps its words for the moderators. Neither is shown.
-- What is counted (replies, thanks, the talk of an idea) is kept by triggers in
-- the same statement, in rows that no vote touches. The order "most useful
-- first" is a column: taken up, then thanked, then answered.
-- Locks: none that matter, every table is new. The key on import_id holds
-- imports for a moment.

CREATE TABLE comments (
    id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id         bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    thread_id       bigint,     -- the comment that began the thread; null: this one did
    parent_id       bigint,     -- what it hangs under: that comment, or a reply to it
    reply_to        bigint      REFERENCES comments (id) ON DELETE SET NULL, -- what it answers, where that is deeper
    author_id       bigint      NOT NULL REFERENCES accounts (id),
    kind            text        NOT NULL DEFAULT 'comment' CONSTRAINT comments_kind_known CHECK (kind IN ('comment', 'question', 'suggestion', 'critique', 'praise')),
    stance          text        CONSTRAINT comments_stance_known CHECK (stance IN ('for', 'against')),
    source          text        NOT NULL CONSTRAINT comments_source_size CHECK (octet_length(source) <= 65536),
    html            text        NOT NULL,
    text            text        NOT NULL, -- the words of html, for search
    policy_version  integer     NOT NULL DEFAULT 0,
    version         integer     NOT NULL DEFAULT 1,
    staff           boolean     NOT NULL DEFAULT false, -- its author spoke for the company when they wrote it
    at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    edited_at       timestamptz,
    deleted_at      timestamptz,
    hidden          boolean     NOT NULL DEFAULT false, -- by a moderator
    pinned_at       timestamptz, -- by the team; on top of the talk
    answered_at     timestamptz, -- of a question: it has its answer
    taken_up        boolean     NOT NULL DEFAULT false, -- what it says went into the idea; kept by the package cocreation
    replies         integer     NOT NULL DEFAULT 0, -- of the thread it began, those that are shown
    thanks          integer     NOT NULL DEFAULT 0,
    carried_for     integer     NOT NULL DEFAULT 0 CONSTRAINT comments_carried_for_not_negative CHECK (carried_for >= 0), -- votes from elsewhere
    carried_against integer     NOT NULL DEFAULT 0 CONSTRAINT comments_carried_against_not_negative CHECK (carried_against >= 0),
    import_id       bigint      REFERENCES imports (id),
    import_source   text        NOT NULL DEFAULT '',
    external_id     text        NOT NULL DEFAULT '',
    shown           boolean     GENERATED ALWAYS AS (deleted_at IS NULL AND NOT hidden) STORED,
    branch_id       bigint      GENERATED ALWAYS AS (CASE WHEN parent_id = thread_id THEN id ELSE parent_id END) STORED, -- the first-level reply it stands with
    useful          bigint      GENERATED ALWAYS AS (
                                CASE WHEN taken_up THEN 1000000000000 ELSE 0 END
                                + least(thanks, 999999)::bigint * 1000000 + least(replies, 999999)) STORED,
    CONSTRAINT comments_of_idea UNIQUE (id, idea_id),
    CONSTRAINT comments_by_author UNIQUE (id, author_id),
    CONSTRAINT comments_thread_fkey FOREIGN KEY (thread_id, idea_id) REFERENCES comments (id, idea_id) ON DELETE CASCADE,
    CONSTRAINT comments_parent_fkey FOREIGN KEY (parent_id, idea_id) REFERENCES comments (id, idea_id) ON DELETE CASCADE,
    CONSTRAINT comments_thread_pair CHECK ((thread_id IS NULL) = (parent_id IS NULL)),
    CONSTRAINT comments_reply_to_deep CHECK (reply_to IS NULL OR thread_id IS NOT NULL AND parent_id <> thread_id),
    CONSTRAINT comments_thread_speaks CHECK (thread_id IS NULL OR kind = 'comment' AND stance IS NULL AND pinned_at IS NULL),
    CONSTRAINT comments_answered_question CHECK (answered_at IS NULL OR kind = 'question'),
    CONSTRAINT comments_deleted_empty CHECK (deleted_at IS NULL OR source = '' AND html = '' AND text = '')
) WITH (fillfactor = 85);

CREATE INDEX comments_useful ON comments (idea_id, useful DESC, id DESC) WHERE thread_id IS NULL;
CREATE INDEX comments_useful_kind ON comments (idea_id, kind, useful DESC, id DESC) WHERE thread_id IS NULL;
CREATE INDEX comments_useful_stance ON comments (idea_id, stance, useful DESC, id DESC) WHERE thread_id IS NULL AND stance IS NOT NULL;
CREATE INDEX comments_newest ON comments (idea_id, at DESC, id DESC) WHERE thread_id IS NULL;
CREATE INDEX comments_pinned ON comments (idea_id) WHERE pinned_at IS NOT NULL;
CREATE INDEX comments_in_thread ON comments (thread_id, branch_id, id) WHERE thread_id IS NOT NULL;
CREATE INDEX comments_by_parent ON comments (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX comments_by_reply_to ON comments (reply_to) WHERE reply_to IS NOT NULL;
CREATE INDEX comments_from_author ON comments (author_id, id DESC);
CREATE INDEX comments_arrived ON comments (idea_id, id DESC);
CREATE UNIQUE INDEX comments_by_source ON comments (import_source, external_id) WHERE import_source <> '';
CREATE INDEX comments_by_import ON comments (import_id) WHERE import_id IS NOT NULL;

-- What a comment said before each edit.
CREATE TABLE comment_versions (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    comment_id     bigint      NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    version        integer     NOT NULL,
    kind           text        NOT NULL,
    stance         text,
    source         text        NOT NULL,
    html           text        NOT NULL,
    policy_version integer     NOT NULL,
    replaced_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT comment_versions_number_key UNIQUE (comment_id, version)
);

-- Whom a comment names, as it was typed: a link goes to who they are now, and
-- nobody is told of one comment twice, however often it is edited.
CREATE TABLE comment_mentions (
    comment_id bigint NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    typed      citext NOT NULL,
    PRIMARY KEY (comment_id, account_id)
);

CREATE INDEX comment_mentions_of ON comment_mentions (account_id);

-- Thanks instead of likes: one from a person for a comment, with a reason, and
-- never from its author.
CREATE TABLE thanks (
    comment_id bigint      NOT NULL,
    author_id  bigint      NOT NULL, -- of the comment
    from_id    bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    reason     text        NOT NULL CONSTRAINT thanks_reason_known CHECK (reason IN ('useful', 'insight', 'clear', 'kind', 'first_hand')),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (comment_id, from_id),
    CONSTRAINT thanks_comment_fkey FOREIGN KEY (comment_id, author_id) REFERENCES comments (id, author_id) ON DELETE CASCADE,
    CONSTRAINT thanks_not_own CHECK (author_id <> from_id)
);

CREATE INDEX thanks_from ON thanks (from_id, at DESC);
CREATE INDEX thanks_to ON thanks (author_id, at DESC);

-- The talk of an idea as a whole: what is counted of it, and its lock. Kinds
-- and stances are those of the comments that begin threads.
CREATE TABLE talks (
    idea_id     bigint      PRIMARY KEY REFERENCES ideas (id) ON DELETE CASCADE,
    comments    integer     NOT NULL DEFAULT 0, -- shown, replies among them
    threads     integer     NOT NULL DEFAULT 0,
    questions   integer     NOT NULL DEFAULT 0,
    suggestions integer     NOT NULL DEFAULT 0,
    critiques   integer     NOT NULL DEFAULT 0,
    praises     integer     NOT NULL DEFAULT 0,
    fors        integer     NOT NULL DEFAULT 0,
    againsts    integer     NOT NULL DEFAULT 0,
    locked_at   timestamptz,
    locked_by   bigint      REFERENCES accounts (id),
    CONSTRAINT talks_lock_pair CHECK ((locked_at IS NULL) = (locked_by IS NULL))
) WITH (fillfactor = 50);

-- What somebody typed before signing in, for a day at most.
CREATE TABLE carried_comments (
    token_hash bytea       PRIMARY KEY,
    idea_id    bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    payload    jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX carried_comments_by_age ON carried_comments (created_at);

-- What a moderator or the team did about a comment or a talk.
CREATE TABLE comment_events (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id    bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    comment_id bigint      REFERENCES comments (id) ON DELETE CASCADE,
    kind       text        NOT NULL CONSTRAINT comment_events_kind_known CHECK (kind IN ('hidden', 'restored', 'pinned', 'unpinned', 'locked', 'unlocked')),
    actor_id   bigint      NOT NULL REFERENCES accounts (id),
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX comment_events_by_idea ON comment_events (idea_id, id);

-- +goose StatementBegin
CREATE FUNCTION comments_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO talks AS t (idea_id, comments, threads, questions, suggestions, critiques, praises, fors, againsts)
    SELECT idea_id, count(*), count(*) FILTER (WHERE thread_id IS NULL), count(*) FILTER (WHERE kind = 'question'),
           count(*) FILTER (WHERE kind = 'suggestion'), count(*) FILTER (WHERE kind = 'critique'), count(*) FILTER (WHERE kind = 'praise'),
           count(*) FILTER (WHERE stance = 'for'), count(*) FILTER (WHERE stance = 'against')
    FROM came WHERE shown GROUP BY idea_id ORDER BY idea_id
    ON CONFLICT (idea_id) DO UPDATE SET
        comments = t.comments + excluded.comments, threads = t.threads + excluded.threads, questions = t.questions + excluded.questions,
        suggestions = t.suggestions + excluded.suggestions, critiques = t.critiques + excluded.critiques, praises = t.praises + excluded.praises,
        fors = t.fors + excluded.fors, againsts = t.againsts + excluded.againsts;
    UPDATE comments c SET replies = c.replies + n.replies
    FROM (SELECT thread_id, count(*) AS replies FROM came WHERE shown AND thread_id IS NOT NULL GROUP BY thread_id) AS n
    WHERE c.id = n.thread_id;
    RETURN NULL;
END $$;

-- What was and what is, one counted off and the other on. It runs again for the
-- rows that it changed itself, in which nothing differs that is counted.
CREATE FUNCTION comments_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM was w JOIN now_is n USING (id) WHERE (w.shown, w.kind, w.stance) IS DISTINCT FROM (n.shown, n.kind, n.stance)) THEN
        RETURN NULL;
    END IF;
    UPDATE talks t SET
        comments = t.comments + d.comments, threads = t.threads + d.threads, questions = t.questions + d.questions,
        suggestions = t.suggestions + d.suggestions, critiques = t.critiques + d.critiques, praises = t.praises + d.praises,
        fors = t.fors + d.fors, againsts = t.againsts + d.againsts
    FROM (
        SELECT idea_id, sum(sign) AS comments, coalesce(sum(sign) FILTER (WHERE thread_id IS NULL), 0) AS threads,
               coalesce(sum(sign) FILTER (WHERE kind = 'question'), 0) AS questions, coalesce(sum(sign) FILTER (WHERE kind = 'suggestion'), 0) AS suggestions,
               coalesce(sum(sign) FILTER (WHERE kind = 'critique'), 0) AS critiques, coalesce(sum(sign) FILTER (WHERE kind = 'praise'), 0) AS praises,
               coalesce(sum(sign) FILTER (WHERE stance = 'for'), 0) AS fors, coalesce(sum(sign) FILTER (WHERE stance = 'against'), 0) AS againsts
        FROM (SELECT -1 AS sign, w.* FROM was w WHERE w.shown UNION ALL SELECT 1, n.* FROM now_is n WHERE n.shown) AS part
        GROUP BY idea_id
    ) AS d WHERE t.idea_id = d.idea_id;
    UPDATE comments c SET replies = c.replies + d.replies
    FROM (
        SELECT thread_id, sum(sign) AS replies
        FROM (SELECT -1 AS sign, thread_id FROM was WHERE shown UNION ALL SELECT 1, thread_id FROM now_is WHERE shown) AS part
        WHERE thread_id IS NOT NULL GROUP BY thread_id HAVING sum(sign) <> 0
    ) AS d WHERE c.id = d.thread_id;
    RETURN NULL;
END $$;

-- Comments go for good only with their idea, or with the import they came by.
CREATE FUNCTION comments_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE talks t SET
        comments = t.comments - d.comments, threads = t.threads - d.threads, questions = t.questions - d.questions,
        suggestions = t.suggestions - d.suggestions, critiques = t.critiques - d.critiques, praises = t.praises - d.praises,
        fors = t.fors - d.fors, againsts = t.againsts - d.againsts
    FROM (
        SELECT idea_id, count(*) AS comments, count(*) FILTER (WHERE thread_id IS NULL) AS threads, count(*) FILTER (WHERE kind = 'question') AS questions,
               count(*) FILTER (WHERE kind = 'suggestion') AS suggestions, count(*) FILTER (WHERE kind = 'critique') AS critiques,
               count(*) FILTER (WHERE kind = 'praise') AS praises, count(*) FILTER (WHERE stance = 'for') AS fors, count(*) FILTER (WHERE stance = 'against') AS againsts
        FROM gone WHERE shown GROUP BY idea_id
    ) AS d WHERE t.idea_id = d.idea_id;
    UPDATE comments c SET replies = c.replies - d.replies
    FROM (SELECT thread_id, count(*) AS replies FROM gone WHERE shown AND thread_id IS NOT NULL GROUP BY thread_id) AS d
    WHERE c.id = d.thread_id;
    RETURN NULL;
END $$;

CREATE FUNCTION thanks_came() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE comments c SET thanks = c.thanks + n.thanks
    FROM (SELECT comment_id, count(*) AS thanks FROM came GROUP BY comment_id) AS n WHERE c.id = n.comment_id;
    RETURN NULL;
END $$;

CREATE FUNCTION thanks_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE comments c SET thanks = c.thanks - n.thanks
    FROM (SELECT comment_id, count(*) AS thanks FROM gone GROUP BY comment_id) AS n WHERE c.id = n.comment_id;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER comments_came AFTER INSERT ON comments REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION comments_came();
CREATE TRIGGER comments_changed AFTER UPDATE ON comments REFERENCING OLD TABLE AS was NEW TABLE AS now_is
    FOR EACH STATEMENT EXECUTE FUNCTION comments_changed();
CREATE TRIGGER comments_went AFTER DELETE ON comments REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION comments_went();
CREATE TRIGGER thanks_came AFTER INSERT ON thanks REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION thanks_came();
CREATE TRIGGER thanks_went AFTER DELETE ON thanks REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION thanks_went();
