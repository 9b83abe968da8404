-- +goose Up
-- People, their sessions, links and tokens.
--
-- An account without an e-mail address came from elsewhere (an import) or was
-- erased: it cannot sign in, and /people does not list it.
-- Locks: none that matter, every table is new.

CREATE EXTENSION IF NOT EXISTS citext;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

CREATE TABLE accounts (
    id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    handle        citext      NOT NULL CONSTRAINT accounts_handle_key UNIQUE
                              CONSTRAINT accounts_handle_shape CHECK (handle ~ '^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$'),
    name          text        NOT NULL CONSTRAINT accounts_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    email         text        CONSTRAINT accounts_email_length CHECK (char_length(email) <= 254),
    email_key     text        CONSTRAINT accounts_email_key UNIQUE, -- normalised: one mailbox, one account
    password_hash text,
    confirmed_at  timestamptz,
    roles         text[]      NOT NULL DEFAULT '{member}'
                              CONSTRAINT accounts_roles_known CHECK (roles <@ '{member,trusted,moderator,team,admin}'),
    bio           text        NOT NULL DEFAULT '' CONSTRAINT accounts_bio_length CHECK (char_length(bio) <= 500),
    links         text[]      NOT NULL DEFAULT '{}' CONSTRAINT accounts_links_few CHECK (cardinality(links) <= 5),
    picture_id    text,
    visibility    text        NOT NULL DEFAULT 'full' CONSTRAINT accounts_visibility_known CHECK (visibility IN ('full', 'name', 'hidden')),
    lang          text        NOT NULL DEFAULT 'en' CONSTRAINT accounts_lang_known CHECK (lang IN ('en', 'nl')),
    source        text        NOT NULL DEFAULT '', -- of an imported person: where from
    external_id   text        NOT NULL DEFAULT '',
    created_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT accounts_email_pair CHECK ((email IS NULL) = (email_key IS NULL)),
    CONSTRAINT accounts_password_needs_email CHECK (password_hash IS NULL OR email IS NOT NULL)
);

CREATE UNIQUE INDEX accounts_by_source ON accounts (source, external_id) WHERE source <> '';

CREATE TABLE sessions (
    token_hash bytea       PRIMARY KEY, -- SHA-256 of the cookie's 256 bits; the cookie itself is never stored
    account_id bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    public_id  text        NOT NULL CONSTRAINT sessions_public_id_key UNIQUE, -- names it in the list and on the hub
    agent      text        NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX sessions_by_account ON sessions (account_id, seen_at DESC);

-- One-use links: to sign in, to confirm an address, to set a new password, to become the first admin.
CREATE TABLE links (
    token_hash   bytea       PRIMARY KEY,
    purpose      text        NOT NULL CONSTRAINT links_purpose_known CHECK (purpose IN ('sign_in', 'confirm', 'reset', 'first_admin')),
    account_id   bigint      REFERENCES accounts (id) ON DELETE CASCADE,
    browser_hash bytea, -- the browser that asked; another one is asked for consent
    next         text        NOT NULL DEFAULT '/',
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    CONSTRAINT links_have_an_owner CHECK (account_id IS NOT NULL OR purpose = 'first_admin')
);

CREATE INDEX links_by_account ON links (account_id, purpose, created_at DESC);

CREATE TABLE api_tokens (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name       text        NOT NULL CONSTRAINT api_tokens_name_length CHECK (char_length(name) BETWEEN 1 AND 80),
    token_hash bytea       NOT NULL CONSTRAINT api_tokens_hash_key UNIQUE,
    scopes     text[]      NOT NULL CONSTRAINT api_tokens_scopes_known CHECK (scopes <@ '{read,write,vote,team,admin}' AND cardinality(scopes) > 0),
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE INDEX api_tokens_by_account ON api_tokens (account_id);

-- Failed sign-ins, so that guessing slows down. Rows older than a day are swept.
CREATE TABLE sign_in_failures (
    subject text        NOT NULL, -- hash of the address typed, or of the network it came from
    at      timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX sign_in_failures_by_subject ON sign_in_failures (subject, at DESC);
