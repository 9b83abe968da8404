-- +goose Up
-- Who follows an idea, and what people are told.
--
-- One row of notices is one fact told to one person; its key holds that nobody
-- hears of one fact twice. What became of its mail stands beside it: waiting
-- while a fact of the outbox carries it, sent once the mail server has it,
-- dropped where its reader may not see the idea, or wants no mail, at the moment
-- of sending. The words are made when it is shown or sent, so that a notice
-- holds no title that has since been hidden.
-- A merge carries followers with it: via names the merge, so that unmerging
-- takes back those alone who never followed the other idea themselves.
-- Locks: accounts for the moment of adding a column.

CREATE TABLE follows (
    idea_id    bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    account_id bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at         timestamptz NOT NULL DEFAULT now(),
    via        bigint, -- the merge that carried it here; null: they follow it themselves
    PRIMARY KEY (idea_id, account_id)
);

CREATE INDEX follows_by_account ON follows (account_id, at DESC);
CREATE INDEX follows_by_merge ON follows (via) WHERE via IS NOT NULL;

CREATE TABLE notices (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       text        NOT NULL CONSTRAINT notices_kind_shape CHECK (kind ~ '^[a-z_]{3,40}$'),
    key        text        NOT NULL CONSTRAINT notices_key_length CHECK (octet_length(key) BETWEEN 1 AND 200),
    why        text        NOT NULL CONSTRAINT notices_why_known CHECK (why IN ('named', 'contributor', 'co_creator', 'voter', 'follower')),
    idea_id    bigint      REFERENCES ideas (id) ON DELETE CASCADE,
    data       jsonb       NOT NULL DEFAULT '{}',
    at         timestamptz NOT NULL DEFAULT now(),
    read_at    timestamptz,
    mail       text        NOT NULL DEFAULT 'none' CONSTRAINT notices_mail_known CHECK (mail IN ('none', 'waiting', 'sent', 'dropped')),
    mailed_at  timestamptz,
    CONSTRAINT notices_once UNIQUE (account_id, key),
    CONSTRAINT notices_sent_at CHECK ((mail = 'sent') = (mailed_at IS NOT NULL))
);

CREATE INDEX notices_newest ON notices (account_id, id DESC);
CREATE INDEX notices_by_idea ON notices (idea_id) WHERE idea_id IS NOT NULL;

ALTER TABLE accounts ADD COLUMN mail_off boolean NOT NULL DEFAULT false; -- wants no mail about what happens; links to sign in still come
