-- +goose Up
-- What a profile holds beside a name: a cover picture, words with markup, and
-- whether its owner opens their votes; and what is left of somebody who was erased.
--
-- bio stays the plain text, for search and for lists; bio_source is what was
-- typed, bio_html its rendering under policy_version. What stood in bio until
-- now was typed without markup: reclean renders it as it does every text.
--
-- An erased account is a bare id: the check holds that nothing else is left of a
-- person, whoever writes it. Its name is empty, and pages say "former member"
-- instead; its handle is one that nobody can choose.
-- Locks: accounts for the moment of adding columns, writing the words of those
-- who have any, and looking at each row once for the checks.

ALTER TABLE accounts
    ADD COLUMN cover_id       text CONSTRAINT accounts_cover_fkey REFERENCES images (id),
    ADD COLUMN bio_source     text NOT NULL DEFAULT '' CONSTRAINT accounts_bio_source_size CHECK (octet_length(bio_source) <= 8192),
    ADD COLUMN bio_html       text NOT NULL DEFAULT '',
    ADD COLUMN policy_version integer NOT NULL DEFAULT 0,
    ADD COLUMN votes_open     boolean NOT NULL DEFAULT false,
    ADD COLUMN erased_at      timestamptz;

UPDATE accounts SET bio_source = bio,
    bio_html = '<p>' || replace(regexp_replace(replace(replace(replace(replace(replace(bio, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&#34;'), '''', '&#39;'),
        '\n[\t ]*(\n[\t ]*)+', '</p><p>', 'g'), E'\n', '<br/>') || '</p>'
WHERE bio <> '';

ALTER TABLE accounts
    DROP CONSTRAINT accounts_name_length,
    ADD CONSTRAINT accounts_name_length CHECK (char_length(name) <= 80 AND (name <> '' OR erased_at IS NOT NULL)),
    ADD CONSTRAINT accounts_erased_is_bare CHECK (erased_at IS NULL OR (
        handle = 'former-' || id AND name = '' AND email IS NULL AND password_hash IS NULL AND visibility = 'hidden' AND NOT votes_open
        AND bio = '' AND bio_source = '' AND bio_html = '' AND links = '{}' AND picture_id IS NULL AND cover_id IS NULL));

-- What a comment says to everybody: a person whom it names and who shows no
-- profile any more stands there by name, since their handle is told to nobody.
-- +goose StatementBegin
CREATE FUNCTION shown_words(comment bigint, words text, markup boolean) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    named record;
BEGIN
    IF position('@' IN words) = 0 THEN
        RETURN words;
    END IF;
    FOR named IN
        SELECT m.typed::text AS handle, CASE WHEN a.name = '' THEN '…' ELSE a.name END AS name
        FROM comment_mentions m JOIN accounts a ON a.id = m.account_id
        WHERE m.comment_id = comment AND NOT (a.visibility = 'full' AND a.email IS NOT NULL)
    LOOP
        IF markup THEN
            named.name := replace(replace(replace(replace(replace(named.name, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&#34;'), '''', '&#39;');
        END IF;
        words := regexp_replace(words, '@' || named.handle || '(?![a-z0-9-])', replace(named.name, '\', '\\'), 'gi');
    END LOOP;
    RETURN words;
END $$;
-- +goose StatementEnd
