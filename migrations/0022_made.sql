-- +goose Up
-- What happens to a product after its adoption: the stages it reached, milestones,
-- rewards, the test by customers and their verdict.
--
-- product_moves is the one table of the moves between stages, as idea_moves is
-- for ideas; product_stages keeps every stage that was reached, and one that was
-- taken back says when. given_role is the role that the team gave somebody by
-- hand: it is what stays when the ideas they came with leave the product. A
-- reward refers to a credit, so that nobody is rewarded who is not credited, and
-- no credit goes whose reward was given. taken counts the accepted testers, and
-- its check holds the places however many accept at once.
-- Locks: products and credits for the moment of exchanging a check and adding columns.

CREATE TABLE product_moves (
    from_stage text NOT NULL,
    to_stage   text NOT NULL,
    PRIMARY KEY (from_stage, to_stage)
);

INSERT INTO product_moves (from_stage, to_stage)
SELECT f.stage, t.stage
FROM unnest('{adopted,designing,prototype,beta,in_production,launched,stopped}'::text[]) WITH ORDINALITY AS f (stage, n)
JOIN unnest('{adopted,designing,prototype,beta,in_production,launched,stopped}'::text[]) WITH ORDINALITY AS t (stage, n) ON f.n < t.n OR f.stage = 'stopped' AND t.stage <> 'stopped';

CREATE TABLE product_stages (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint      NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    from_stage text,       -- null: the adoption itself
    stage      text        NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    actor_id   bigint      REFERENCES accounts (id), -- null: from before stages were kept
    words      text        NOT NULL DEFAULT '' CONSTRAINT product_stages_words_length CHECK (char_length(words) <= 500),
    undone_at  timestamptz,
    CONSTRAINT product_stages_move_allowed FOREIGN KEY (from_stage, stage) REFERENCES product_moves (from_stage, to_stage),
    CONSTRAINT product_stages_begins_adopted CHECK (from_stage IS NOT NULL OR stage = 'adopted')
);

CREATE INDEX product_stages_by_product ON product_stages (product_id, id);

INSERT INTO product_stages (product_id, stage, at) SELECT id, 'adopted', created_at FROM products ORDER BY id;
INSERT INTO product_stages (product_id, from_stage, stage, at) SELECT id, 'adopted', stage, stage_at FROM products WHERE stage <> 'adopted' ORDER BY id;

CREATE INDEX products_by_stage ON products (stage, id DESC);

ALTER TABLE credits
    DROP CONSTRAINT credits_role_known,
    ADD CONSTRAINT credits_role_known CHECK (role IN ('contributor', 'co_creator', 'suggestion')),
    ADD COLUMN given_role text CONSTRAINT credits_given_role_known CHECK (given_role IN ('co_creator', 'suggestion'));

UPDATE credits SET given_role = 'co_creator' WHERE idea_id IS NULL;

-- How much a role weighs where somebody has two.
CREATE FUNCTION credit_weight(role text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT array_position('{suggestion,co_creator,contributor}'::text[], role) $$;

CREATE TABLE product_milestones (
    id         bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint  NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    title      text    NOT NULL CONSTRAINT product_milestones_title_length CHECK (char_length(title) BETWEEN 2 AND 120),
    text       text    NOT NULL DEFAULT '' CONSTRAINT product_milestones_text_length CHECK (char_length(text) <= 1000),
    on_date    date    NOT NULL,
    picture_id text    REFERENCES images (id)
);

CREATE INDEX product_milestones_by_product ON product_milestones (product_id, on_date);

CREATE TABLE reward_terms (
    id             bigint  PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE, -- of the product
    source         text    NOT NULL CONSTRAINT reward_terms_size CHECK (octet_length(source) <= 65536),
    html           text    NOT NULL,
    policy_version integer NOT NULL DEFAULT 0
);

CREATE TABLE rewards (
    id         bigint        GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    product_id bigint        NOT NULL,
    account_id bigint        NOT NULL,
    text       text          NOT NULL CONSTRAINT rewards_text_length CHECK (char_length(text) BETWEEN 2 AND 200),
    amount     numeric(12,2) CONSTRAINT rewards_amount_positive CHECK (amount > 0),
    currency   char(3)       CONSTRAINT rewards_currency_shape CHECK (currency ~ '^[A-Z]{3}$'),
    given_on   date          NOT NULL,
    actor_id   bigint        NOT NULL REFERENCES accounts (id),
    at         timestamptz   NOT NULL DEFAULT now(),
    CONSTRAINT rewards_to_credited FOREIGN KEY (product_id, account_id) REFERENCES credits (product_id, account_id),
    CONSTRAINT rewards_amount_in_currency CHECK ((amount IS NULL) = (currency IS NULL))
);

CREATE INDEX rewards_by_credit ON rewards (product_id, account_id);

CREATE TABLE beta_calls (
    product_id bigint      PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE,
    words      text        NOT NULL CONSTRAINT beta_calls_words_length CHECK (char_length(words) BETWEEN 10 AND 2000),
    opened_at  timestamptz NOT NULL DEFAULT now(),
    closes_at  timestamptz NOT NULL,
    places     integer     NOT NULL CONSTRAINT beta_calls_places_range CHECK (places BETWEEN 1 AND 10000),
    taken      integer     NOT NULL DEFAULT 0 CONSTRAINT beta_calls_taken_not_negative CHECK (taken >= 0),
    CONSTRAINT beta_calls_places_hold CHECK (taken <= places)
);

CREATE TABLE beta_applications (
    product_id bigint      NOT NULL REFERENCES beta_calls (product_id) ON DELETE CASCADE,
    account_id bigint      NOT NULL REFERENCES accounts (id),
    words      text        NOT NULL DEFAULT '' CONSTRAINT beta_applications_words_length CHECK (char_length(words) <= 1000),
    status     text        NOT NULL DEFAULT 'applied' CONSTRAINT beta_applications_status_known CHECK (status IN ('applied', 'accepted', 'declined')),
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, account_id)
);

CREATE TABLE beta_reports (
    product_id bigint      NOT NULL,
    account_id bigint      NOT NULL,
    rating     smallint    NOT NULL CONSTRAINT beta_reports_rating_range CHECK (rating BETWEEN 1 AND 5),
    body       text        NOT NULL CONSTRAINT beta_reports_body_length CHECK (char_length(body) BETWEEN 10 AND 4000),
    public     boolean     NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, account_id),
    CONSTRAINT beta_reports_by_tester FOREIGN KEY (product_id, account_id) REFERENCES beta_applications (product_id, account_id) ON DELETE CASCADE
);

CREATE TABLE verdicts (
    product_id bigint      NOT NULL REFERENCES products (id) ON DELETE CASCADE,
    account_id bigint      NOT NULL REFERENCES accounts (id),
    verdict    text        NOT NULL CONSTRAINT verdicts_known CHECK (verdict IN ('kept_promise', 'partly', 'not')),
    words      text        NOT NULL DEFAULT '' CONSTRAINT verdicts_words_length CHECK (char_length(words) <= 500),
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (product_id, account_id)
);

-- Whether a customer has a say in a product: credited on it, or a voter on one
-- of its ideas. Staff speak elsewhere.
CREATE FUNCTION has_say(product bigint, account bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT 1 FROM accounts a WHERE a.id = account AND NOT a.roles && '{team,moderator,admin}')
       AND (EXISTS (SELECT 1 FROM credits c WHERE c.product_id = product AND c.account_id = account)
         OR EXISTS (SELECT 1 FROM product_ideas p JOIN votes v ON v.idea_id = p.idea_id WHERE p.product_id = product AND v.voter_id = account))
$$;
