-- +goose Up
-- Products, who is credited on them, and the standing that follows.
-- Locks: none that matter, every table is new.

CREATE TABLE products (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    slug           text        NOT NULL CONSTRAINT products_slug_key UNIQUE,
    name           text        NOT NULL CONSTRAINT products_name_length CHECK (char_length(name) BETWEEN 2 AND 120),
    story_source   text        NOT NULL DEFAULT '' CONSTRAINT products_story_size CHECK (octet_length(story_source) <= 65536),
    story_html     text        NOT NULL DEFAULT '',
    policy_version integer     NOT NULL DEFAULT 0,
    picture_id     text        REFERENCES images (id),
    stage          text        NOT NULL DEFAULT 'adopted' CONSTRAINT products_stage_known CHECK (stage IN
                               ('adopted', 'designing', 'prototype', 'beta', 'in_production', 'launched', 'stopped')),
    pipeline_since date, -- "in our pipeline since ..."; null means new to us
    shop_link      text        NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL DEFAULT now(),
    stage_at       timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX products_newest ON products (created_at DESC, id DESC);

CREATE TABLE product_ideas (
    idea_id    bigint NOT NULL CONSTRAINT product_ideas_one_product PRIMARY KEY REFERENCES ideas (id),
    product_id bigint NOT NULL REFERENCES products (id) ON DELETE CASCADE
);

CREATE INDEX product_ideas_by_product ON product_ideas (product_id);

CREATE TABLE credits (
    product_id bigint  NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    account_id bigint  NOT NULL REFERENCES accounts (id),
    role       text    NOT NULL CONSTRAINT credits_role_known CHECK (role IN ('contributor', 'co_creator')),
    what_for   text    NOT NULL DEFAULT '' CONSTRAINT credits_what_for_length CHECK (char_length(what_for) <= 200),
    idea_id    bigint  REFERENCES ideas (id),
    PRIMARY KEY (product_id, account_id)
);

CREATE INDEX credits_by_account ON credits (account_id);

-- Standing as it was last computed; `server recount` computes it again.
CREATE TABLE standings (
    account_id     bigint      PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    points         integer     NOT NULL DEFAULT 0,
    month_points   integer     NOT NULL DEFAULT 0, -- of what happened in the last 30 days
    ideas          integer     NOT NULL DEFAULT 0,
    adopted        integer     NOT NULL DEFAULT 0,
    launched       integer     NOT NULL DEFAULT 0,
    votes_received integer     NOT NULL DEFAULT 0,
    computed_at    timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX standings_by_points ON standings (points DESC, account_id);
CREATE INDEX standings_by_month ON standings (month_points DESC, account_id);
