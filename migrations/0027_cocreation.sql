-- +goose Up
-- How an idea gets further hands: suggestions taken up, invitations, and ideas
-- that build on others.
--
-- A co-creator may be one for several reasons: what was merged, what was taken
-- up, an invitation accepted, or because the team named them. co_creators holds
-- one row for each person all the same. co_creators_settle makes it of the
-- reasons that stand, so that taking one away leaves the credit where there is
-- another; what the team named by hand it never touches. The role is the one
-- that a product credits them with.
-- A comment is taken up once at a time, never one of the contributor's own, and
-- the foreign keys hold that idea and author are those of the comment.
-- An idea builds only on one that was begun before it: so there are no circles.
-- Locks: co_creators while its rows are written anew for the role; there are few.

CREATE TABLE taken_up (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    comment_id bigint      NOT NULL,
    idea_id    bigint      NOT NULL,
    account_id bigint      NOT NULL, -- who wrote it
    what_for   text        NOT NULL CONSTRAINT taken_up_what_for_length CHECK (char_length(what_for) BETWEEN 2 AND 200),
    by_id      bigint      NOT NULL REFERENCES accounts (id),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    version    integer,     -- of the idea's text that it went into; null while it is not there yet
    left_at    timestamptz, -- its author does not want the credit
    undone_at  timestamptz,
    undone_by  bigint      REFERENCES accounts (id),
    CONSTRAINT taken_up_of_idea FOREIGN KEY (comment_id, idea_id) REFERENCES comments (id, idea_id) ON DELETE CASCADE,
    CONSTRAINT taken_up_by_author FOREIGN KEY (comment_id, account_id) REFERENCES comments (id, author_id) ON DELETE CASCADE,
    CONSTRAINT taken_up_undone_by_somebody CHECK ((undone_at IS NULL) = (undone_by IS NULL))
);

CREATE UNIQUE INDEX taken_up_once ON taken_up (comment_id) WHERE undone_at IS NULL;
CREATE INDEX taken_up_by_idea ON taken_up (idea_id, id);
CREATE INDEX taken_up_from ON taken_up (account_id, id);

CREATE TABLE invitations (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    idea_id     bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    account_id  bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    what_for    text        NOT NULL CONSTRAINT invitations_what_for_length CHECK (char_length(what_for) BETWEEN 2 AND 200),
    by_id       bigint      NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    status      text        NOT NULL DEFAULT 'open' CONSTRAINT invitations_status_known CHECK (status IN ('open', 'accepted', 'declined', 'withdrawn', 'left')),
    answered_at timestamptz,
    CONSTRAINT invitations_not_oneself CHECK (account_id <> by_id),
    CONSTRAINT invitations_answered_pair CHECK ((status = 'open') = (answered_at IS NULL))
);

CREATE UNIQUE INDEX invitations_once ON invitations (idea_id, account_id) WHERE status IN ('open', 'accepted');
CREATE INDEX invitations_to ON invitations (account_id, id) WHERE status = 'open';

CREATE TABLE remixes (
    idea_id bigint      PRIMARY KEY REFERENCES ideas (id) ON DELETE CASCADE,
    of_idea bigint      NOT NULL REFERENCES ideas (id) ON DELETE CASCADE,
    at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT remixes_of_older CHECK (of_idea < idea_id)
);

CREATE INDEX remixes_by_origin ON remixes (of_idea, idea_id);

ALTER TABLE co_creators
    ADD COLUMN taken_id      bigint CONSTRAINT co_creators_taken_fkey REFERENCES taken_up (id) ON DELETE CASCADE,
    ADD COLUMN invitation_id bigint CONSTRAINT co_creators_invitation_fkey REFERENCES invitations (id) ON DELETE CASCADE,
    ADD COLUMN role          text   NOT NULL GENERATED ALWAYS AS (
        CASE WHEN taken_id IS NOT NULL AND merge_id IS NULL AND invitation_id IS NULL THEN 'suggestion' ELSE 'co_creator' END) STORED;

CREATE INDEX co_creators_by_taken ON co_creators (taken_id) WHERE taken_id IS NOT NULL;
CREATE INDEX co_creators_by_invitation ON co_creators (invitation_id) WHERE invitation_id IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION taken_up_is_of_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ideas i WHERE i.id = NEW.idea_id AND i.contributor_id = NEW.account_id) THEN
        RAISE EXCEPTION 'comment % is by the contributor', NEW.comment_id USING ERRCODE = 'check_violation', CONSTRAINT = 'taken_up_not_own';
    END IF;
    RETURN NEW;
END $$;

-- Makes the co-creators of an idea of the reasons that stand, and those of the
-- idea that it went into. Whoever calls it holds the idea.
CREATE FUNCTION co_creators_settle(settled bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    idea bigint := settled;
BEGIN
    WHILE idea IS NOT NULL LOOP
        WITH reason AS (
            SELECT i.contributor_id AS account_id, i.title AS what_for, m.at, 3 AS weight, m.id AS merge_id, NULL::bigint AS taken_id, NULL::bigint AS invitation_id
            FROM merges m JOIN ideas i ON i.id = m.from_idea WHERE m.into_idea = idea AND m.undone_at IS NULL
            UNION ALL
            SELECT c.account_id, c.what_for, m.at, 4, m.id, NULL, NULL
            FROM merges m JOIN co_creators c ON c.idea_id = m.from_idea WHERE m.into_idea = idea AND m.undone_at IS NULL
            UNION ALL
            SELECT t.account_id, t.what_for, t.at, 1, NULL, t.id, NULL FROM taken_up t WHERE t.idea_id = idea AND t.undone_at IS NULL AND t.left_at IS NULL
            UNION ALL
            SELECT n.account_id, n.what_for, n.answered_at, 2, NULL, NULL, n.id FROM invitations n WHERE n.idea_id = idea AND n.status = 'accepted'
        ), due AS (
            SELECT r.account_id, left(string_agg(DISTINCT r.what_for, '; ') FILTER (WHERE r.weight = w.least), 200) AS what_for, min(r.at) AS at,
                   min(r.merge_id) AS merge_id, min(r.taken_id) AS taken_id, min(r.invitation_id) AS invitation_id
            FROM reason r JOIN (SELECT account_id, min(weight) AS least FROM reason GROUP BY account_id) AS w USING (account_id)
            WHERE r.account_id <> (SELECT i.contributor_id FROM ideas i WHERE i.id = idea)
            GROUP BY r.account_id
        ), gone AS (
            DELETE FROM co_creators c WHERE c.idea_id = idea AND (c.merge_id IS NOT NULL OR c.taken_id IS NOT NULL OR c.invitation_id IS NOT NULL)
               AND NOT EXISTS (SELECT 1 FROM due d WHERE d.account_id = c.account_id)
        )
        INSERT INTO co_creators AS c (idea_id, account_id, what_for, merge_id, taken_id, invitation_id, added_at)
        SELECT idea, d.account_id, d.what_for, d.merge_id, d.taken_id, d.invitation_id, d.at FROM due d ORDER BY d.account_id
        ON CONFLICT (idea_id, account_id) DO UPDATE
            SET what_for = excluded.what_for, merge_id = excluded.merge_id, taken_id = excluded.taken_id, invitation_id = excluded.invitation_id
            WHERE (c.merge_id IS NOT NULL OR c.taken_id IS NOT NULL OR c.invitation_id IS NOT NULL)
              AND (c.what_for, c.merge_id, c.taken_id, c.invitation_id) IS DISTINCT FROM (excluded.what_for, excluded.merge_id, excluded.taken_id, excluded.invitation_id);
        SELECT m.into_idea INTO idea FROM merges m WHERE m.from_idea = idea AND m.undone_at IS NULL;
    END LOOP;
END $$;
-- +goose StatementEnd

CREATE TRIGGER taken_up_not_own BEFORE INSERT ON taken_up FOR EACH ROW EXECUTE FUNCTION taken_up_is_of_another();
