-- +goose Up
-- What a challenge says, what comes of it, and who entered under which terms.
--
-- ideas.challenge_id stays what votes, orders and lists read; an entry is the
-- record of who entered it, when, and which version of the terms was accepted.
-- Terms are only ever added to: an entrant accepted words, not a row that
-- somebody may rewrite. Rich texts stand in rows of their own, so that they can
-- be rendered again one by one. The phase is still stored nowhere; results_told_at
-- says only that people were told once.
-- Locks: challenges and ideas for the moment of adding columns without a default
-- to compute; the index on meant_for is built over rows that are all null.

ALTER TABLE challenges
    ADD COLUMN question        text        NOT NULL DEFAULT '' CONSTRAINT challenges_question_length CHECK (char_length(question) <= 300),
    ADD COLUMN demands         text        NOT NULL DEFAULT '' CONSTRAINT challenges_demands_length CHECK (char_length(demands) <= 4000), -- what an entry must hold to
    ADD COLUMN topic_id        bigint      REFERENCES topics (id),
    ADD COLUMN vote_budget     integer     CONSTRAINT challenges_budget_range CHECK (vote_budget BETWEEN 1 AND 1000), -- open votes of one member; null is no limit
    ADD COLUMN premoderated    boolean     NOT NULL DEFAULT false,
    ADD COLUMN terms_version   integer     NOT NULL DEFAULT 0 CONSTRAINT challenges_terms_counted CHECK (terms_version >= 0), -- in force; 0 is none
    ADD COLUMN cover_id        text        REFERENCES images (id),
    ADD COLUMN revision        integer     NOT NULL DEFAULT 1, -- grows with every change, so that two editors do not overwrite each other
    ADD COLUMN created_by      bigint      REFERENCES accounts (id), -- null for what an import made
    ADD COLUMN results_told_at timestamptz;

CREATE TABLE challenge_texts (
    id             bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    challenge_id   bigint  NOT NULL REFERENCES challenges (id) ON DELETE CASCADE,
    part           text    NOT NULL CONSTRAINT challenge_texts_part_known CHECK (part IN ('brief', 'prize', 'jury')),
    source         text    NOT NULL,
    html           text    NOT NULL,
    policy_version integer NOT NULL,
    CONSTRAINT challenge_texts_one_a_part UNIQUE (challenge_id, part)
);

CREATE TABLE challenge_terms (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    challenge_id   bigint      NOT NULL REFERENCES challenges (id) ON DELETE CASCADE,
    version        integer     NOT NULL CONSTRAINT challenge_terms_version_counted CHECK (version >= 1),
    source         text        NOT NULL,
    html           text        NOT NULL,
    policy_version integer     NOT NULL,
    account_id     bigint      REFERENCES accounts (id), -- who wrote it
    at             timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT challenge_terms_one_a_version UNIQUE (challenge_id, version)
);

CREATE TABLE challenge_pictures (
    challenge_id bigint  NOT NULL REFERENCES challenges (id) ON DELETE CASCADE,
    image_id     text    NOT NULL REFERENCES images (id),
    alt          text    NOT NULL DEFAULT '',
    position     integer NOT NULL,
    PRIMARY KEY (challenge_id, image_id)
);

-- A file that entrants may start from. It is sent as a download and never shown,
-- so it may be of the few kinds that hold no script of a page.
CREATE TABLE challenge_templates (
    challenge_id bigint      PRIMARY KEY REFERENCES challenges (id) ON DELETE CASCADE,
    name         text        NOT NULL CONSTRAINT challenge_templates_name_length CHECK (char_length(name) BETWEEN 1 AND 120),
    kind         text        NOT NULL CONSTRAINT challenge_templates_kind_known CHECK (kind IN ('application/pdf', 'image/png', 'image/jpeg', 'application/zip', 'image/vnd.adobe.photoshop')),
    bytes        bytea       NOT NULL CONSTRAINT challenge_templates_size CHECK (octet_length(bytes) BETWEEN 1 AND 5242880),
    account_id   bigint      REFERENCES accounts (id),
    at           timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE challenge_winners (
    challenge_id bigint  NOT NULL REFERENCES challenges (id) ON DELETE CASCADE,
    idea_id      bigint  NOT NULL REFERENCES ideas (id),
    place        integer NOT NULL CONSTRAINT challenge_winners_place_range CHECK (place BETWEEN 1 AND 100), -- several may share one
    words        text    NOT NULL DEFAULT '' CONSTRAINT challenge_winners_words_length CHECK (char_length(words) <= 1000),
    PRIMARY KEY (challenge_id, idea_id)
);

CREATE TABLE entries (
    idea_id       bigint      PRIMARY KEY REFERENCES ideas (id) ON DELETE CASCADE,
    challenge_id  bigint      NOT NULL REFERENCES challenges (id),
    terms_version integer,    -- null where there were no terms to accept
    account_id    bigint      NOT NULL REFERENCES accounts (id),
    entered_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT entries_terms_were_there FOREIGN KEY (challenge_id, terms_version) REFERENCES challenge_terms (challenge_id, version)
);
CREATE INDEX entries_by_challenge ON entries (challenge_id, entered_at);

-- What a draft is meant to be entered into, once it is submitted.
ALTER TABLE ideas ADD COLUMN meant_for bigint REFERENCES challenges (id) ON DELETE SET NULL;
CREATE INDEX ideas_meant_for ON ideas (meant_for) WHERE meant_for IS NOT NULL;

-- How many more open votes a member has in a challenge; null where it sets no
-- budget. A vote on what was decided, or is hidden, has come back. Few ideas of
-- one voter are looked at, by votes_by_voter.
CREATE FUNCTION challenge_budget_left(challenge bigint, voter bigint) RETURNS integer
    LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT greatest(c.vote_budget - (
        SELECT count(*) FROM votes v JOIN ideas i ON i.id = v.idea_id
        WHERE v.voter_id = voter AND i.challenge_id = c.id AND i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden), 0)::integer
    FROM challenges c WHERE c.id = challenge AND c.vote_budget IS NOT NULL $$;
