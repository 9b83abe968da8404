-- +goose Up
-- Following people, challenges and topics, and how much each person wants to hear.
--
-- A notice now says whom it speaks of (who_id), so that their name is written as
-- they allow at the moment it is read; in which thread of comments it arose; and
-- whether it is shown in the inbox at all. Of its mail there is one state:
-- 'waiting' goes out by itself, 'daily' and 'weekly' wait for a digest, and
-- digest_id names the one that took it, so that a digest that is sent again
-- holds the same. A digest is one per reader and day.
-- notice_choices holds only what differs from the defaults, notice_mutes what
-- somebody wants to hear no more of. clock_facts holds what the clock has told,
-- so that of several servers one tells it.
-- A credit says since when it stands, so that it is told of once it may not be
-- undone any more; of older ones that is not known.
-- A mail server that refuses an address suspends the mail to it until its owner
-- tries again or changes the address.
-- Locks: notices, credits and accounts for the moment of adding columns; the checks of
-- notices are validated afterwards, without one. The index of unread notices is
-- built under a lock that lets reading go on; it holds unread notices only.

CREATE TABLE follows_people (
    person_id  bigint      NOT NULL CONSTRAINT follows_people_person_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    account_id bigint      NOT NULL CONSTRAINT follows_people_account_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (person_id, account_id),
    CONSTRAINT follows_people_not_oneself CHECK (person_id <> account_id)
);

CREATE INDEX follows_people_by_account ON follows_people (account_id, at DESC);

CREATE TABLE follows_challenges (
    challenge_id bigint      NOT NULL CONSTRAINT follows_challenges_challenge_fkey REFERENCES challenges (id) ON DELETE CASCADE,
    account_id   bigint      NOT NULL CONSTRAINT follows_challenges_account_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (challenge_id, account_id)
);

CREATE INDEX follows_challenges_by_account ON follows_challenges (account_id, at DESC);

CREATE TABLE follows_topics (
    topic_id   bigint      NOT NULL CONSTRAINT follows_topics_topic_fkey REFERENCES topics (id) ON DELETE CASCADE,
    account_id bigint      NOT NULL CONSTRAINT follows_topics_account_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (topic_id, account_id)
);

CREATE INDEX follows_topics_by_account ON follows_topics (account_id, at DESC);

CREATE TABLE notice_digests (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint      NOT NULL CONSTRAINT notice_digests_account_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    day        date        NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    state      text        NOT NULL DEFAULT 'waiting' CONSTRAINT notice_digests_state_known CHECK (state IN ('waiting', 'sent', 'empty', 'dropped')),
    CONSTRAINT notice_digests_one_a_day UNIQUE (account_id, day)
);

ALTER TABLE notices
    ADD COLUMN who_id    bigint CONSTRAINT notices_who_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    ADD COLUMN thread_id bigint, -- the comment that a thread begins with
    ADD COLUMN shown     boolean NOT NULL DEFAULT true, -- in the inbox; else it is for the mail alone
    ADD COLUMN digest_id bigint CONSTRAINT notices_digest_fkey REFERENCES notice_digests (id) ON DELETE SET NULL,
    DROP CONSTRAINT notices_why_known,
    DROP CONSTRAINT notices_mail_known,
    ADD CONSTRAINT notices_why_known CHECK (why IN ('named', 'contributor', 'co_creator', 'voter', 'follower', 'person', 'topic', 'challenge')) NOT VALID,
    ADD CONSTRAINT notices_mail_known CHECK (mail IN ('none', 'waiting', 'daily', 'weekly', 'sent', 'dropped')) NOT VALID;

ALTER TABLE notices VALIDATE CONSTRAINT notices_why_known;
ALTER TABLE notices VALIDATE CONSTRAINT notices_mail_known;

CREATE INDEX notices_unread ON notices (account_id, id DESC) WHERE read_at IS NULL AND shown;
CREATE INDEX notices_by_who ON notices (who_id) WHERE who_id IS NOT NULL;
CREATE INDEX notices_for_digest ON notices (account_id, id) WHERE mail IN ('daily', 'weekly');
CREATE INDEX notices_by_digest ON notices (digest_id) WHERE digest_id IS NOT NULL;

CREATE TABLE notice_choices (
    account_id bigint  NOT NULL CONSTRAINT notice_choices_account_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    about      text    NOT NULL CONSTRAINT notice_choices_about_shape CHECK (about ~ '^[a-z_]{3,40}$'),
    inbox      boolean NOT NULL,
    mail       text    NOT NULL CONSTRAINT notice_choices_mail_known CHECK (mail IN ('now', 'daily', 'weekly', 'never')),
    PRIMARY KEY (account_id, about)
);

CREATE TABLE notice_mutes (
    account_id bigint      NOT NULL CONSTRAINT notice_mutes_account_fkey REFERENCES accounts (id) ON DELETE CASCADE,
    scope      text        NOT NULL CONSTRAINT notice_mutes_scope_known CHECK (scope IN ('idea', 'thread', 'kind')),
    name       text        NOT NULL CONSTRAINT notice_mutes_name_shape CHECK (name ~ '^[a-z0-9_]{1,40}$'), -- of the idea and the thread the number
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, scope, name)
);

CREATE TABLE clock_facts (
    key text        PRIMARY KEY CONSTRAINT clock_facts_key_length CHECK (octet_length(key) BETWEEN 1 AND 200),
    at  timestamptz NOT NULL DEFAULT now()
);

ALTER TABLE credits ADD COLUMN given_at timestamptz;
ALTER TABLE credits ALTER COLUMN given_at SET DEFAULT now();

CREATE INDEX credits_latest ON credits (given_at) WHERE given_at IS NOT NULL;

ALTER TABLE accounts
    ADD COLUMN mail_refused_at timestamptz, -- the mail server would not take mail for the address
    ADD COLUMN mail_refusal    text NOT NULL DEFAULT '' CONSTRAINT accounts_mail_refusal_length CHECK (char_length(mail_refusal) <= 500);

-- Another address may well be reached.
-- +goose StatementBegin
CREATE FUNCTION mail_tries_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.mail_refused_at := NULL;
    NEW.mail_refusal := '';
    RETURN NEW;
END $$;
-- +goose StatementEnd

CREATE TRIGGER accounts_mail_tries_again BEFORE UPDATE OF email ON accounts
    FOR EACH ROW WHEN (OLD.email IS DISTINCT FROM NEW.email) EXECUTE FUNCTION mail_tries_again();

