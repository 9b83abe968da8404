// Code generated from internal/web/api/openapi.yaml by `npm run wire`. DO NOT EDIT.

export interface paths {
    "/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description Makes a member and signs them in: the answer sets the session cookie. Where the board sends mail, a
         *     message asks to confirm the address; until then everything works but voting.
         */
        post: operations["createAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/answer-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Answer templates
         * @description The texts that the team starts an answer from, by name.
         */
        get: operations["listAnswerTemplates"];
        put?: never;
        /**
         * Add an answer template
         * @description Adds a text to start answers from. Names are unique.
         */
        post: operations["createAnswerTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/answer-templates/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the template.
                 * @example 3
                 */
                id: number;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove an answer template
         * @description Removes the template. Answers already given from it stay as they are.
         */
        delete: operations["deleteAnswerTemplate"];
        options?: never;
        head?: never;
        /**
         * Change an answer template
         * @description Changes the fields that are given. Answers already given from it stay as they are.
         */
        patch: operations["reviseAnswerTemplate"];
        trace?: never;
    };
    "/challenges": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List challenges
         * @description Challenges that are announced, the one whose voting closes last first.
         */
        get: operations["listChallenges"];
        put?: never;
        /**
         * Plan a challenge
         * @description Stores a challenge. Its phase follows from its moments, which must come in order, and voting and results must lie ahead. Until `announced_at` the team alone sees it. Pictures and a file to start from are added in the studio.
         */
        post: operations["createChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/challenges/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One challenge
         * @description The challenge with its dates. Its entries are `GET /ideas?challenge=` and its slug. One that is not announced yet is there for staff alone.
         */
        get: operations["showChallenge"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a challenge
         * @description Changes the fields that are given, if `revision` is still the newest (409 else). What people relied on stays. A moment that is past does not move, the ballot stays once a vote exists, seal and budget once voting has opened, the slug once it is announced.
         */
        patch: operations["reviseChallenge"];
        trace?: never;
    };
    "/comments/{comment}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the comment.
                 * @example 512
                 */
                comment: components["parameters"]["CommentID"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a comment of one's own away
         * @description Its words go, the replies below it stay.
         */
        delete: operations["deleteComment"];
        options?: never;
        head?: never;
        /**
         * Change a comment of one's own
         * @description What it said before is kept and can be read. Whom it names only now is told.
         */
        patch: operations["reviseComment"];
        trace?: never;
    };
    "/comments/{comment}/thanks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the comment.
                 * @example 512
                 */
                comment: components["parameters"]["CommentID"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Say thanks for a comment
         * @description Once per person and comment; another reason takes the place of the first. Nobody thanks themselves.
         */
        put: operations["thankForComment"];
        post?: never;
        /**
         * Take thanks back
         * @description It is safe to repeat.
         */
        delete: operations["takeThanksBack"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List and search ideas
         * @description Filters narrow each other. Only ideas that everybody may see are listed here; one's own, drafts too, are
         *     `GET /me/ideas`. With `q` the best matches come first, whatever `order` says. Items leave out
         *     `story_html`, `pictures` and `may_vote`; ask for the idea itself to get them.
         */
        get: operations["listIdeas"];
        put?: never;
        /**
         * Propose an idea
         * @description Stores an idea of the caller. With `draft` true it stays a draft, may be incomplete, and nobody else sees
         *     it.
         *     Otherwise it is submitted at once, which needs `accept_terms`; it becomes `open`, or `held` where someone
         *     looks at new ideas first.
         */
        post: operations["proposeIdea"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        /**
         * One idea
         * @description The idea in full, as the caller may see it.
         */
        get: operations["showIdea"];
        put?: never;
        post?: never;
        /**
         * Withdraw an idea
         * @description Removes a draft for good. An idea that was submitted becomes `withdrawn` and keeps its history; one that is decided can no longer be withdrawn (409).
         */
        delete: operations["withdrawIdea"];
        options?: never;
        head?: never;
        /**
         * Revise an idea
         * @description Changes the fields that are given and leaves the others. Only the contributor may. Each revision of a
         *     submitted idea is kept as a version and the idea shows that it was edited; at adoption the text is frozen (409).
         *
         *     Give `version` to be told with 409 when the idea changed since you read it; leave it out and the last
         *     one to write wins.
         */
        patch: operations["reviseIdea"];
        trace?: never;
    };
    "/ideas/{id}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer without deciding
         * @description An official public reply that leaves the status as it is. It meets the duty of a first answer.
         */
        post: operations["answerIdea"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        /**
         * The talk about an idea
         * @description Comments that begin a thread, each with its first replies; `thread` gives one of them with all its replies, a hundred at a time.
         *     The most useful come first: what went into the idea, then what people said thanks for, then what was answered most.
         */
        get: operations["listComments"];
        put?: never;
        /**
         * Say something about an idea, or answer a comment
         * @description A reply hangs under what it answers, on one of two levels; an answer to something deeper joins the second level and names what it
         *     answers in `in_reply_to`. `@handle` names up to five people, who get a notice; who hides cannot be named.
         */
        post: operations["createComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide
         * @description Moves the idea to another status, with a public answer. `declined`, `needs_work` and `parked` need a
         *     `reason`. `adopted` makes a product that credits the contributor, or joins the one named in `product`. A
         *     move that the idea's life does not allow is refused (409, `ideas.move`).
         */
        post: operations["decideIdea"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}/history": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        /**
         * What happened to an idea
         * @description Every move and every official answer, oldest first. Entries are only ever added.
         */
        get: operations["listHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a draft
         * @description Puts a draft of the caller on the board. It must be complete by now, and the house rules are accepted here.
         */
        post: operations["submitIdea"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}/tally": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        /**
         * The tally of an idea
         * @description What the votes on the idea add up to at this moment, or that it is sealed for the caller. The same shape as on the websocket.
         */
        get: operations["showTally"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/{id}/vote": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        get?: never;
        /**
         * Cast my vote
         * @description Casts the caller's vote, or replaces it: what is left out counts as not said. `{}` is plain support; an idea
         *     whose ballot is `score` takes `{"score": 4}`, and either may say `would_buy`.
         *
         *     Refused for one's own idea (403, `votes.own_idea`), by somebody barred from voting (403, `votes.barred`), for an
         *     address that is not confirmed (403, `votes.unconfirmed`: then the vote is kept and cast as soon as it is), on an idea
         *     that takes no votes (409: `votes.closed`, `votes.merged`, `votes.withdrawn`), before or after its challenge's
         *     voting (409: `votes.early`, `votes.late`), and with a score where none is asked, without one where it is, or with one
         *     that is no whole number from 1 to 5 (422 with `fields.score`).
         */
        put: operations["castVote"];
        post?: never;
        /**
         * Retract my vote
         * @description Removes the caller's vote. Nothing changes when there is none, and the answer is the same. An idea whose voting is over keeps its votes (409).
         */
        delete: operations["retractVote"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ideas/similar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ideas like this title
         * @description Open ideas whose titles resemble the one given, most alike first. Meant for asking while someone types. A title of fewer than four characters is like nothing yet. There is one page of at most five; `next` is always null.
         */
        get: operations["findSimilarIdeas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a picture
         * @description Takes one JPEG, PNG, GIF or WebP of at most 10 MiB and 25 megapixels, no side over 12,000. It is decoded and
         *     written again in several sizes; names, places and other metadata in the file do not survive.
         *
         *     Name the picture's `id` in `pictures` or `cover` of an idea, or its `url` in `story_html`. What no
         *     idea uses within 24 hours is removed. Only the uploader can use it.
         */
        post: operations["uploadImage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I
         * @description The member that the cookie or the token speaks for.
         */
        get: operations["showMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/ideas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My ideas
         * @description All that the caller proposed, in every status, drafts first, then the newest.
         */
        get: operations["listMyIdeas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/votes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * My votes
         * @description With `ideas`: for each of those the caller may see, the caller's own vote and whether they may vote; a
         *     page that was cached for everybody asks this to become personal. Without: all of the caller's votes on
         *     ideas the caller may still see, newest first.
         */
        get: operations["listMyVotes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document
         * @description The OpenAPI document of this API, as a program reads it. The same, for people, is at `/api/docs`.
         */
        get: operations["showSpec"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The hall of fame
         * @description Members with a standing and a public profile, highest standing first. Staff are not ranked.
         */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{handle}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The person's handle.
                 * @example noor-bakker
                 */
                handle: string;
            };
            cookie?: never;
        };
        /**
         * One person
         * @description A public profile. Their ideas are `GET /ideas?author=handle`.
         */
        get: operations["showPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What rich text becomes
         * @description Answers the HTML as it would be stored and shown. Nothing is kept.
         */
        post: operations["previewHTML"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was made
         * @description Products that came of ideas, newest first.
         */
        get: operations["listProducts"];
        put?: never;
        /**
         * Make one product of several ideas
         * @description Adopts all of these ideas, or none, and makes one product of them. Each is answered with the same words; all contributors and co-creators are credited.
         */
        post: operations["createProduct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/products/{slug}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's slug.
                 * @example sunpot
                 */
                slug: string;
            };
            cookie?: never;
        };
        /**
         * One product
         * @description The product, the ideas it came of and everyone credited on it.
         */
        get: operations["showProduct"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a product
         * @description Changes the fields that are given. A new stage moves the product's ideas along with it and is told in their history; one that they can no longer go back to is refused (409).
         */
        patch: operations["reviseProduct"];
        trace?: never;
    };
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search across the board
         * @description Finds ideas, comments (`talk`), people, products and challenges by words, parts of words and near spellings, in any
         *     language. With `in` it pages through one kind; without it the answer holds the best of every kind, at most `limit` of
         *     each and 5 when not asked otherwise, and `next` is null. What the caller may not see is as if it were not there.
         */
        get: operations["search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report ideas as seen
         * @description Says that the caller had these ideas in view. Only the first sight of each counts; ids that do not exist or may not be seen are passed over. The order `unseen` and the support rate come from it.
         */
        post: operations["reportSeen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Sets the session cookie. The answer is the same for an unknown address and a wrong password: 401. After
         *     ten failures the wait between tries grows; `Retry-After` says how long.
         */
        post: operations["signIn"];
        /**
         * Sign out
         * @description Ends the session of the cookie, on the server too. Nothing happens when there is none. Tokens are not touched.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The topics
         * @description All topics in the board's own order. There is one page; `next` is always null.
         */
        get: operations["listTopics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Account: {
            handle: string;
            /** Format: int64 */
            id: number;
            name: string;
        };
        AccountInput: {
            /** @description Never shown to anyone but its owner and the board's admins. */
            email: string;
            /** @description The name in addresses, 3 to 40 small letters, digits and hyphens; made from `name` when left out. */
            handle?: string;
            /** @description The name that stands beside ideas. */
            name: string;
            /** @description Any characters, but not the name, the handle or the address themselves. */
            password: string;
        };
        AnswerInput: {
            answer_html: string;
        };
        /**
         * @example {
         *       "id": 3,
         *       "name": "Too costly for now",
         *       "lang": "en",
         *       "status": "parked",
         *       "reason": "too_costly",
         *       "answer_html": "<p>We like it, and cannot make it at a fair price yet.</p>"
         *     }
         */
        AnswerTemplate: {
            answer_html: string;
            /** Format: int64 */
            id: number;
            lang: components["schemas"]["Lang"];
            name: string;
            reason: components["schemas"]["Reason"] | null;
            /** @description The decision it is meant for, null for any. */
            status: components["schemas"]["Status"] | null;
        };
        AnswerTemplateInput: {
            answer_html: string;
            lang?: components["schemas"]["Lang"];
            name: string;
            /** @description The reason it gives, null for none. */
            reason?: components["schemas"]["Reason"] | null;
            /** @description The decision it is meant for, null for any. */
            status?: components["schemas"]["Status"] | null;
        };
        AnswerTemplateList: {
            items: components["schemas"]["AnswerTemplate"][];
            next: components["schemas"]["Cursor"];
        };
        AnswerTemplatePatch: {
            answer_html?: string;
            lang?: components["schemas"]["Lang"];
            name?: string;
            /** @description The reason it gives, null for none. */
            reason?: components["schemas"]["Reason"] | null;
            /** @description The decision it is meant for, null for any. */
            status?: components["schemas"]["Status"] | null;
        };
        /**
         * @description What a voter is asked for.
         * @enum {string}
         */
        Ballot: "support" | "score";
        /** @description Votes from an earlier system, shown apart and never part of the tally. */
        CarriedOver: {
            count: number;
            source: string;
        };
        /**
         * @description A question with a beginning and an end. Entering and voting may overlap.
         * @example {
         *       "slug": "bags",
         *       "title": "A bag you would still carry in ten years",
         *       "question": "Which bag would you still carry in ten years?",
         *       "url": "/challenges/bags",
         *       "ballot": "score",
         *       "sealed": "until_voted",
         *       "phase": "voting",
         *       "announced_at": "2026-05-01T08:00:00Z",
         *       "entries_open_at": "2026-05-08T08:00:00Z",
         *       "entries_close_at": "2026-05-29T20:00:00Z",
         *       "voting_open_at": "2026-05-29T20:00:00Z",
         *       "voting_close_at": "2026-06-05T20:00:00Z",
         *       "results_at": "2026-06-12T08:00:00Z"
         *     }
         */
        Challenge: {
            /** Format: date-time */
            announced_at: string;
            ballot: components["schemas"]["Ballot"];
            /** Format: date-time */
            entries_close_at: string;
            /** Format: date-time */
            entries_open_at: string;
            phase: components["schemas"]["Phase"];
            /** @description What is asked, in a sentence; may be empty in one from before. */
            question: string;
            /** Format: date-time */
            results_at: string;
            sealed: components["schemas"]["Sealed"];
            slug: string;
            title: string;
            /**
             * Format: uri-reference
             * @description Its page.
             */
            url: string;
            /** Format: date-time */
            voting_close_at: string;
            /** Format: date-time */
            voting_open_at: string;
        };
        /**
         * @example {
         *       "slug": "bags",
         *       "title": "A bag you would still carry in ten years",
         *       "question": "Which bag would you still carry in ten years?",
         *       "ballot": "score",
         *       "sealed": "until_close",
         *       "announced_at": "2030-05-01T08:00:00Z",
         *       "entries_open_at": "2030-05-08T08:00:00Z",
         *       "entries_close_at": "2030-05-29T20:00:00Z",
         *       "voting_open_at": "2030-05-29T20:00:00Z",
         *       "voting_close_at": "2030-06-05T20:00:00Z",
         *       "results_at": "2030-06-12T08:00:00Z"
         *     }
         */
        ChallengeInput: {
            /** Format: date-time */
            announced_at: string;
            ballot: components["schemas"]["Ballot"];
            brief_html?: string;
            /** @description What an entry must hold to, plain text. */
            demands?: string;
            /** Format: date-time */
            entries_close_at: string;
            /** Format: date-time */
            entries_open_at: string;
            premoderated?: boolean;
            prize_html?: string;
            /** @description What is asked, in a sentence. */
            question: string;
            /** Format: date-time */
            results_at: string;
            sealed?: components["schemas"]["Sealed"];
            /** @description Its address. */
            slug: string;
            /** @description What an entrant accepts. A text that reads differently becomes a new version. */
            terms_html?: string;
            title: string;
            /** @description Slug of a topic, empty for none. */
            topic?: string;
            /** @description Open votes of one member at a time; 0 is no limit. */
            vote_budget?: number;
            /** Format: date-time */
            voting_close_at: string;
            /** Format: date-time */
            voting_open_at: string;
        };
        ChallengeList: {
            items: components["schemas"]["Challenge"][];
            next: components["schemas"]["Cursor"];
        };
        ChallengePatch: {
            /** Format: date-time */
            announced_at?: string;
            ballot?: components["schemas"]["Ballot"];
            brief_html?: string;
            /** @description What an entry must hold to, plain text. */
            demands?: string;
            /** Format: date-time */
            entries_close_at?: string;
            /** Format: date-time */
            entries_open_at?: string;
            premoderated?: boolean;
            prize_html?: string;
            /** @description What is asked, in a sentence. */
            question?: string;
            /** Format: date-time */
            results_at?: string;
            /** @description The revision that you read. */
            revision: number;
            sealed?: components["schemas"]["Sealed"];
            /** @description Its address. */
            slug?: string;
            /** @description What an entrant accepts. A text that reads differently becomes a new version. */
            terms_html?: string;
            title?: string;
            /** @description Slug of a topic, empty for none. */
            topic?: string;
            /** @description Open votes of one member at a time; 0 is no limit. */
            vote_budget?: number;
            /** Format: date-time */
            voting_close_at?: string;
            /** Format: date-time */
            voting_open_at?: string;
        };
        /** @description The challenge an idea was entered into, and when it takes votes. */
        ChallengeRef: {
            ballot: components["schemas"]["Ballot"];
            slug: string;
            title: string;
            /**
             * Format: uri-reference
             * @description Its entries on the board.
             */
            url: string;
            /**
             * Format: date-time
             * @description From this moment no vote counts.
             */
            voting_close_at: string;
            /** Format: date-time */
            voting_open_at: string;
        };
        /**
         * @description One thing said about an idea. Of one that was taken away only its place is left, as long as somebody answered it.
         * @example {
         *       "id": 512,
         *       "idea": 42,
         *       "thread": null,
         *       "parent": null,
         *       "in_reply_to": null,
         *       "by": {
         *         "handle": "tomas",
         *         "name": "Tomás",
         *         "url": "/people/tomas"
         *       },
         *       "staff": false,
         *       "kind": "suggestion",
         *       "stance": null,
         *       "html": "<p>Let the spout swing with the handle.</p>",
         *       "at": "2026-05-07T09:30:00Z",
         *       "edited_at": null,
         *       "version": 1,
         *       "gone": false,
         *       "pinned": false,
         *       "answered": false,
         *       "taken_up": true,
         *       "replies": 0,
         *       "thanks": 3,
         *       "thanked": null,
         *       "carried_for": 0,
         *       "carried_against": 0,
         *       "url": "/comments/512"
         *     }
         */
        Comment: {
            /** @description A question that has its answer. */
            answered: boolean;
            /** Format: date-time */
            at: string;
            /** @description Its replies, as far as they were asked for. Those of the second level follow the reply they hang under. */
            below?: components["schemas"]["Comment"][];
            /** @description Null where the comment is gone. */
            by: components["schemas"]["PersonRef"] | null;
            /** @description Votes against it from an earlier system. */
            carried_against: number;
            /** @description Votes for it from an earlier system. */
            carried_for: number;
            /** Format: date-time */
            edited_at: string | null;
            /** @description Deleted by its author, or hidden by a moderator. */
            gone: boolean;
            /** @description What it says, safe to show as it is. */
            html: string;
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            idea: number;
            /**
             * Format: int64
             * @description The comment it answers, where that is deeper than the second level.
             */
            in_reply_to: number | null;
            kind: components["schemas"]["CommentKind"];
            /**
             * Format: int64
             * @description The comment it hangs under.
             */
            parent: number | null;
            pinned: boolean;
            /** @description How many replies its thread has, where it began one. */
            replies: number;
            /** @description Whether they said it as staff. */
            staff: boolean;
            stance: components["schemas"]["CommentStance"] | null;
            /** @description It went into the idea. */
            taken_up: boolean;
            /** @description What the reader thanked for, null where they did not. */
            thanked: components["schemas"]["ThanksReason"] | null;
            thanks: number;
            /**
             * Format: int64
             * @description The comment that began its thread, null where this one did.
             */
            thread: number | null;
            /** Format: uri-reference */
            url: string;
            version: number;
        };
        CommentInput: {
            /**
             * Format: int64
             * @description The comment that this one answers.
             */
            answers?: number;
            /** @description Rich text, or plain text. */
            html: string;
            kind?: components["schemas"]["CommentKind"];
            stance?: components["schemas"]["CommentStance"];
        };
        /**
         * @description What a comment wants to be. A reply is always a `comment`.
         * @enum {string}
         */
        CommentKind: "comment" | "question" | "suggestion" | "critique" | "praise";
        CommentList: {
            items: components["schemas"]["Comment"][];
            next: components["schemas"]["Cursor"];
        };
        CommentPatch: {
            html: string;
            kind?: components["schemas"]["CommentKind"];
            stance?: components["schemas"]["CommentStance"];
            /** @description The version that was edited; a newer one is a conflict. */
            version?: number;
        };
        /** @enum {string} */
        CommentStance: "for" | "against";
        /** @description A person's public due on a product. */
        Credit: {
            person: components["schemas"]["PersonRef"];
            /** @enum {string} */
            role: "contributor" | "co_creator" | "suggestion";
            /** @description What for, in words; empty for the idea. */
            what_for: string;
        };
        /** @description Pass it as `after` for what follows; null on the last page. */
        Cursor: string | null;
        DecisionInput: {
            /** @description The public answer. */
            answer_html: string;
            /**
             * Format: int64
             * @description With `merged`, the idea it goes into. Votes are copied, each voter counts once, and the words of `answer_html` are the public note. The team can take it apart again in the studio.
             */
            into?: number;
            /** @description With `adopted`, slug of a product to join; a new one is made when left out. */
            product?: string;
            /** @description With `adopted`, the name of the new product; the idea's title when left out. */
            product_name?: string;
            provenance?: components["schemas"]["Provenance"];
            reason?: components["schemas"]["Reason"];
            /**
             * @description Where the idea goes.
             * @enum {string}
             */
            status: "open" | "under_review" | "shortlisted" | "adopted" | "declined" | "needs_work" | "parked" | "merged";
        };
        DecisionResult: {
            entry: components["schemas"]["HistoryEntry"];
            idea: components["schemas"]["Idea"];
            /** @description The product of the idea, null where there is none. */
            product: components["schemas"]["Product"] | null;
        };
        /**
         * @description A move of an idea, or an official answer without a move.
         * @example {
         *       "id": 318,
         *       "kind": "move",
         *       "from": "open",
         *       "to": "under_review",
         *       "by": {
         *         "handle": "anna-visser",
         *         "name": "Anna Visser",
         *         "url": "/people/anna-visser"
         *       },
         *       "staff": true,
         *       "at": "2026-05-06T10:00:00Z",
         *       "answer_html": "<p>We like this. Anna from design looks at it next week.</p>",
         *       "reason": null,
         *       "undo": false
         *     }
         */
        HistoryEntry: {
            /** @description The public answer, safe to show as it is. */
            answer_html: string | null;
            /** Format: date-time */
            at: string;
            by: components["schemas"]["PersonRef"];
            /** @description Null for its first entry and for an answer. */
            from: components["schemas"]["Status"] | null;
            /** Format: int64 */
            id: number;
            /** @enum {string} */
            kind: "move" | "answer";
            reason: components["schemas"]["Reason"] | null;
            /** @description Whether they did it as staff. */
            staff: boolean;
            to: components["schemas"]["Status"];
            /** @description Whether it takes the move before it back. */
            undo: boolean;
        };
        HistoryList: {
            items: components["schemas"]["HistoryEntry"][];
            next: components["schemas"]["Cursor"];
        };
        /**
         * @description An idea as the caller may see it. In lists `story_html`, `pictures`, `may_vote`, `builds_on` and `built_on` are left out.
         * @example {
         *       "id": 42,
         *       "slug": "a-kettle-that-runs-on-the-sun",
         *       "url": "/ideas/42-a-kettle-that-runs-on-the-sun",
         *       "title": "A kettle that runs on the sun",
         *       "story_html": "<p>On my balcony there is sun all day, and no socket.</p>",
         *       "excerpt": "On my balcony there is sun all day, and no socket.",
         *       "status": "open",
         *       "topic": {
         *         "slug": "kitchen",
         *         "name": "Kitchen"
         *       },
         *       "challenge": null,
         *       "tags": [
         *         "solar",
         *         "outdoors"
         *       ],
         *       "contributor": {
         *         "handle": "noor-bakker",
         *         "name": "Noor Bakker",
         *         "url": "/people/noor-bakker"
         *       },
         *       "cover": null,
         *       "pictures": [],
         *       "tally": {
         *         "idea": 42,
         *         "voters": 1311,
         *         "staff": 4,
         *         "scores": [
         *           0,
         *           0,
         *           0,
         *           0,
         *           0
         *         ],
         *         "would_buy": 654,
         *         "mean": null,
         *         "revision": 1399
         *       },
         *       "comments": 64,
         *       "carried_over": null,
         *       "vote": null,
         *       "may_vote": {
         *         "allowed": false,
         *         "code": "votes.sign_in",
         *         "text": "Sign in to vote."
         *       },
         *       "builds_on": {
         *         "id": 17,
         *         "title": "A pan that cooks in the sun",
         *         "url": "/ideas/17-a-pan-that-cooks-in-the-sun",
         *         "contributor": {
         *           "handle": "jan-smit",
         *           "name": "Jan Smit",
         *           "url": "/people/jan-smit"
         *         }
         *       },
         *       "built_on": [],
         *       "created_at": "2026-05-02T18:20:00Z",
         *       "submitted_at": "2026-05-02T18:41:00Z",
         *       "edited": 0,
         *       "version": 1
         *     }
         */
        Idea: {
            builds_on?: components["schemas"]["IdeaRef"];
            /** @description Ideas that build on this one, the oldest first, at most twelve. */
            built_on?: components["schemas"]["IdeaRef"][];
            carried_over: components["schemas"]["CarriedOver"] | null;
            /** @description What it was entered into; null on the open board. */
            challenge: components["schemas"]["ChallengeRef"] | null;
            /** @description How many comments are shown on it, replies among them. */
            comments: number;
            contributor: components["schemas"]["PersonRef"];
            /** @description The picture on its card. */
            cover: components["schemas"]["Picture"] | null;
            /** Format: date-time */
            created_at: string;
            /** @description How often it was revised since it was submitted. */
            edited: number;
            /** @description The beginning of the story as plain text. */
            excerpt: string;
            /** Format: int64 */
            id: number;
            may_vote?: components["schemas"]["MayVote"];
            /** @description The cover first. */
            pictures?: components["schemas"]["Picture"][];
            slug: string;
            status: components["schemas"]["Status"];
            /** @description The story, safe to show as it is. */
            story_html?: string;
            /**
             * Format: date-time
             * @description Null for a draft.
             */
            submitted_at: string | null;
            tags: string[];
            tally: components["schemas"]["Tally"];
            title: string;
            topic: components["schemas"]["TopicRef"] | null;
            /**
             * Format: uri-reference
             * @description Its page.
             */
            url: string;
            /** @description Number of the text shown. */
            version: number;
            /** @description The caller's own vote; null without one, and for a visitor. */
            vote: components["schemas"]["Vote"] | null;
        };
        IdeaInput: {
            /**
             * @description Accepts the house rules at `/how`. Needed unless it is a draft.
             * @default false
             */
            accept_terms: boolean;
            /**
             * Format: int64
             * @description The idea that this one builds on: one that everybody may see, and that was there before.
             */
            builds_on?: number;
            /** @description Slug of a challenge that takes ideas now. The idea is entered as it is submitted. */
            challenge?: string;
            /** @description Id of the picture on the card; the first picture when left out. */
            cover?: string;
            /** @default false */
            draft: boolean;
            /** @description In the order to show them. */
            pictures?: components["schemas"]["PictureInput"][];
            /** @description Rich text, at most 64 KiB. At least twenty characters of words, unless it is a draft. */
            story_html?: string;
            tags?: string[];
            /** @description The version of that challenge's terms that is accepted; needed where there are any, unless it is a draft. */
            terms_version?: number;
            /** @description At least three characters, unless it is a draft. */
            title?: string;
            /** @description Slug of a topic. */
            topic?: string;
        };
        IdeaList: {
            items: components["schemas"]["Idea"][];
            next: components["schemas"]["Cursor"];
        };
        IdeaPatch: {
            /** @description Id of the picture on the card; empty for the first one. */
            cover?: string;
            /** @description All pictures; an empty list removes them. */
            pictures?: components["schemas"]["PictureInput"][];
            story_html?: string;
            /** @description All tags; an empty list removes them. */
            tags?: string[];
            title?: string;
            /** @description Slug of a topic; empty for none. */
            topic?: string;
            /** @description The version you started from. */
            version?: number;
        };
        /**
         * @description Another idea, by name; `builds_on` is left out where an idea builds on none, or on one that is gone.
         * @example {
         *       "id": 17,
         *       "title": "A pan that cooks in the sun",
         *       "url": "/ideas/17-a-pan-that-cooks-in-the-sun",
         *       "contributor": {
         *         "handle": "jan-smit",
         *         "name": "Jan Smit",
         *         "url": "/people/jan-smit"
         *       }
         *     }
         */
        IdeaRef: {
            contributor: components["schemas"]["PersonRef"];
            /** Format: int64 */
            id: number;
            title: string;
            /**
             * Format: uri-reference
             * @description Its page.
             */
            url: string;
        };
        /** @description A picture as it was stored. */
        Image: {
            /** @description What it shows, empty when nobody said. */
            alt: string;
            height: number;
            id: string;
            /** Format: uri-reference */
            url: string;
            /** @description Of the largest size. */
            width: number;
        };
        /**
         * @description A language that the board speaks.
         * @default en
         * @enum {string}
         */
        Lang: "en" | "nl";
        /**
         * @description A status that lists can be narrowed to; ideas in the others are nobody else's business.
         * @enum {string}
         */
        ListedStatus: "open" | "under_review" | "shortlisted" | "adopted" | "in_production" | "launched" | "declined" | "needs_work" | "parked";
        /** @description Whether the caller may vote on the idea, and if not, why. */
        MayVote: {
            allowed: boolean;
            /** @description The refusal's code, only when not allowed. */
            code?: string;
            /** @description The refusal in a sentence, only when not allowed. */
            text?: string;
        };
        /**
         * @description The caller, with what only they may know.
         * @example {
         *       "id": 7,
         *       "handle": "noor-bakker",
         *       "name": "Noor Bakker",
         *       "url": "/people/noor-bakker",
         *       "email": "noor@example.org",
         *       "confirmed": true,
         *       "roles": [
         *         "member"
         *       ],
         *       "staff": false
         *     }
         */
        Me: {
            /** @description Whether the address is confirmed; voting needs it. */
            confirmed: boolean;
            email: string;
            handle: string;
            /** Format: int64 */
            id: number;
            name: string;
            roles: components["schemas"]["Role"][];
            /** @description What the token may do; left out with a session. */
            scopes?: ("read" | "write" | "vote" | "team" | "admin")[];
            /** @description Whether their votes stand beside the count, not in it. */
            staff: boolean;
            /**
             * Format: uri-reference
             * @description Their public profile.
             */
            url: string;
        };
        MyVote: {
            /** Format: int64 */
            idea: number;
            may_vote: components["schemas"]["MayVote"];
            /** @description Null when the caller has no vote on it. */
            vote: components["schemas"]["Vote"] | null;
        };
        MyVoteList: {
            items: components["schemas"]["MyVote"][];
            next: components["schemas"]["Cursor"];
        };
        /** @description What the votes on one idea add up to. `voters`, `scores` and `would_buy` are customers'; staff are counted apart. */
        OpenTally: {
            /** Format: int64 */
            idea: number;
            /**
             * Format: double
             * @description The mean score in hundredths, halves rounded up; null without scores.
             */
            mean: number | null;
            /**
             * Format: int64
             * @description Grows by one with each change. Drop what is older than what you have.
             */
            revision: number;
            /** @description How many gave 1, 2, 3, 4 and 5. All zero where votes carry no score. */
            scores: number[];
            /** @description How many of staff voted. */
            staff: number;
            /** @description How many customers voted, with or without a score. */
            voters: number;
            /** @description How many of the voters would buy it. */
            would_buy: number;
        };
        /**
         * @description How a list of ideas is ordered.
         * @default trending
         * @enum {string}
         */
        Order: "trending" | "rising" | "newest" | "votes" | "score" | "unseen";
        /**
         * @description The time that a ranking looks at.
         * @default all
         * @enum {string}
         */
        Period: "all" | "month";
        /**
         * @description A public profile.
         * @example {
         *       "handle": "noor-bakker",
         *       "name": "Noor Bakker",
         *       "url": "/people/noor-bakker",
         *       "bio": "Makes things for balconies.",
         *       "picture": null,
         *       "staff": false,
         *       "standing": 240,
         *       "ideas": 6,
         *       "adopted": 1,
         *       "launched": 0,
         *       "votes_received": 1904,
         *       "member_since": "2025-02-11T08:00:00Z"
         *     }
         */
        Person: {
            /** @description How many of those were adopted, the launched ones included. */
            adopted: number;
            /** @description Plain text; left out in lists. */
            bio?: string;
            handle: string;
            /** @description How many of their ideas are public. */
            ideas: number;
            launched: number;
            /** Format: date-time */
            member_since: string;
            name: string;
            picture: components["schemas"]["Picture"] | null;
            /** @description Whether they show the staff badge. */
            staff: boolean;
            /** @description What their used contributions add up to. */
            standing: number;
            /** Format: uri-reference */
            url: string;
            /** @description Voters over all of their ideas. */
            votes_received: number;
        };
        PersonList: {
            items: components["schemas"]["Person"][];
            next: components["schemas"]["Cursor"];
        };
        /** @description A person where they are named. `handle` and `url` are null where there is no profile page, as for someone who was imported. */
        PersonRef: {
            handle: string | null;
            name: string;
            /** Format: uri-reference */
            url: string | null;
        };
        /**
         * @description How far a challenge is now; where entering and voting overlap it is `voting`.
         * @enum {string}
         */
        Phase: "coming" | "announced" | "entering" | "waiting" | "voting" | "judging" | "results";
        /** @description A picture in use, with its sizes. */
        Picture: {
            /** @description What it shows, empty when nobody said. */
            alt: string;
            height: number;
            id: string;
            /** @description All sizes, ready for the `srcset` of an `img`. */
            srcset: string;
            /** Format: uri-reference */
            url: string;
            /** @description Of the largest size. */
            width: number;
        };
        PictureInput: {
            /** @description What it shows, for who cannot see it. */
            alt: string;
            /** @description From `POST /images`. */
            id: string;
        };
        Preview: {
            html: string;
        };
        PreviewInput: {
            html: string;
        };
        /** @description A refusal (RFC 9457). Programs go by `code`, people read `detail`. */
        Problem: {
            /** @description Stable, for programs: where it comes from, a dot, what is wrong. */
            code: string;
            /** @description One sentence for a person, in the language asked for. */
            detail: string;
            /** @description With 422, what to do about each field. Keys are the names in the body or the query. */
            fields?: {
                [key: string]: string;
            };
            /**
             * Format: uri-reference
             * @description A reference of this one refusal that the board's staff can look up.
             */
            instance?: string;
            status: number;
            /** @description The status in words. */
            title: string;
            /**
             * Format: uri-reference
             * @description `about:blank`, or an address that explains the code.
             */
            type: string;
        };
        /**
         * @description What gets made, from one or more ideas.
         * @example {
         *       "id": 5,
         *       "slug": "sunpot",
         *       "url": "/made/sunpot",
         *       "name": "Sunpot",
         *       "story_html": "<p>A kettle for balconies.</p>",
         *       "stage": "prototype",
         *       "provenance": {
         *         "kind": "new_to_us"
         *       },
         *       "picture": null,
         *       "shop_link": "",
         *       "ideas": [
         *         {
         *           "id": 42,
         *           "title": "A kettle that runs on the sun",
         *           "url": "/ideas/42-a-kettle-that-runs-on-the-sun"
         *         }
         *       ],
         *       "credits": [
         *         {
         *           "person": {
         *             "handle": "noor-bakker",
         *             "name": "Noor Bakker",
         *             "url": "/people/noor-bakker"
         *           },
         *           "role": "contributor",
         *           "what_for": ""
         *         }
         *       ],
         *       "created_at": "2026-05-20T10:00:00Z",
         *       "launched_at": null
         *     }
         */
        Product: {
            /** Format: date-time */
            created_at: string;
            credits: components["schemas"]["Credit"][];
            /** Format: int64 */
            id: number;
            ideas: components["schemas"]["ProductIdea"][];
            /**
             * Format: date-time
             * @description Since when it is launched; null in every other stage.
             */
            launched_at: string | null;
            name: string;
            picture: components["schemas"]["Picture"] | null;
            provenance: components["schemas"]["Provenance"];
            /** @description Where it can be bought; empty where it cannot. */
            shop_link: string;
            slug: string;
            stage: components["schemas"]["Stage"];
            /** @description Safe to show as it is, may be empty. */
            story_html: string;
            /**
             * Format: uri-reference
             * @description Its page.
             */
            url: string;
        };
        ProductIdea: {
            /** Format: int64 */
            id: number;
            title: string;
            /** Format: uri-reference */
            url: string;
        };
        ProductInput: {
            /** @description The public answer to each of them. */
            answer_html: string;
            /** @description The first gives the product its story and picture, and its name where none is given. */
            ideas: number[];
            name?: string;
            provenance?: components["schemas"]["Provenance"];
        };
        ProductList: {
            items: components["schemas"]["Product"][];
            next: components["schemas"]["Cursor"];
        };
        ProductPatch: {
            name?: string;
            provenance?: components["schemas"]["Provenance"];
            /** @description An https address; empty for none. */
            shop_link?: string;
            stage?: components["schemas"]["Stage"];
            story_html?: string;
        };
        /** @description Whether the idea was new to the company. Credit is given either way, and readers can tell. */
        Provenance: {
            /** @enum {string} */
            kind: "new_to_us" | "pipeline";
            /**
             * Format: date
             * @description With `pipeline`, since when the company was at it.
             */
            since?: string;
        };
        /**
         * @description Why the answer is no, or not yet.
         * @enum {string}
         */
        Reason: "too_costly" | "not_feasible" | "not_our_business" | "duplicate_effort" | "safety" | "needs_detail" | "needs_prototype" | "timing" | "house_rules" | "expired" | "other";
        /**
         * @description Roles add up. `moderator`, `team` and `admin` are staff.
         * @enum {string}
         */
        Role: "member" | "trusted" | "moderator" | "team" | "admin";
        /**
         * @description Who sees a tally while voting goes on: `no` is everybody, `until_close` nobody, `until_voted` who has voted on the idea.
         * @enum {string}
         */
        Sealed: "no" | "until_close" | "until_voted";
        /** @description A tally that the reader may not see yet; nothing but the idea is told. */
        SealedTally: {
            /** Format: int64 */
            idea: number;
            /** @description Always true. */
            sealed: boolean;
        };
        /** @description One thing found. */
        SearchHit: {
            /** Format: date-time */
            at: string;
            /** @description Who wrote it; null for products and challenges. */
            by: components["schemas"]["PersonRef"] | null;
            /** @description Spelled otherwise than was asked for, and offered because nothing else was found. */
            close: boolean;
            in: components["schemas"]["SearchKind"];
            /** @description An idea's status, a product's stage or a comment's kind; else empty. */
            mark: string;
            /** @description A title or a name; of a comment, the title of its idea. */
            title: string;
            /** Format: uri-reference */
            url: string;
            /** @description The first words of its text, plain. */
            words: string;
        };
        SearchHitList: {
            items: components["schemas"]["SearchHit"][];
            next: components["schemas"]["Cursor"];
        };
        /**
         * @description A kind of thing that the search finds; `talk` is comments.
         * @enum {string}
         */
        SearchKind: "ideas" | "talk" | "people" | "products" | "challenges";
        SeenInput: {
            ideas: number[];
        };
        SignInInput: {
            email: string;
            password: string;
        };
        /**
         * @description How far a product is. `stopped` keeps what was reached.
         * @enum {string}
         */
        Stage: "adopted" | "designing" | "prototype" | "beta" | "in_production" | "launched" | "stopped";
        /**
         * @description Where an idea is in its life. Voting is open in `open`, `under_review` and `shortlisted`.
         * @enum {string}
         */
        Status: "draft" | "held" | "open" | "under_review" | "shortlisted" | "adopted" | "in_production" | "launched" | "declined" | "needs_work" | "parked" | "merged" | "withdrawn";
        SubmitInput: {
            /**
             * @description Accepts the house rules at `/how`; without that it stays a draft (422).
             * @default false
             */
            accept_terms: boolean;
            /** @description The version of its challenge's terms that is accepted; needed where there are any. */
            terms_version?: number;
        };
        /** @description The figures, or that they are sealed. */
        Tally: components["schemas"]["OpenTally"] | components["schemas"]["SealedTally"];
        ThanksInput: {
            reason: components["schemas"]["ThanksReason"];
        };
        /** @enum {string} */
        ThanksReason: "useful" | "insight" | "clear" | "kind" | "first_hand";
        Topic: {
            /** @description How many ideas on it are open for votes. */
            ideas: number;
            name: string;
            slug: string;
        };
        TopicList: {
            items: components["schemas"]["Topic"][];
            next: components["schemas"]["Cursor"];
        };
        TopicRef: {
            name: string;
            slug: string;
        };
        /** @description The caller's current choice on one idea. */
        Vote: {
            /**
             * Format: date-time
             * @description When this choice was made; left out in the answer to casting it.
             */
            cast_at?: string;
            /** Format: int64 */
            idea: number;
            /** @description Null for plain support. */
            score: number | null;
            would_buy: boolean;
        };
        VoteInput: {
            /** @description Where the idea's ballot is `score`, and only there. */
            score?: number;
            /**
             * @description "I would buy this."
             * @default false
             */
            would_buy: boolean;
        };
        VoteResult: {
            tally: components["schemas"]["Tally"];
            /** @description The vote as stored, null once retracted. */
            vote: components["schemas"]["Vote"] | null;
        };
        /**
         * @description A challenge with all it says.
         * @example {
         *       "slug": "bags",
         *       "title": "A bag you would still carry in ten years",
         *       "question": "Which bag would you still carry in ten years?",
         *       "url": "/challenges/bags",
         *       "ballot": "score",
         *       "sealed": "until_voted",
         *       "phase": "voting",
         *       "announced_at": "2026-05-01T08:00:00Z",
         *       "entries_open_at": "2026-05-08T08:00:00Z",
         *       "entries_close_at": "2026-05-29T20:00:00Z",
         *       "voting_open_at": "2026-05-29T20:00:00Z",
         *       "voting_close_at": "2026-06-05T20:00:00Z",
         *       "results_at": "2026-06-12T08:00:00Z",
         *       "brief_html": "<p>Bags break at the seam. Show us one that does not.</p>",
         *       "prize_html": "<p>Your bag, made and named after you.</p>",
         *       "terms_html": "<p>The idea is yours to give.</p>",
         *       "terms_version": 1,
         *       "demands": "At most 24 litres",
         *       "topic": "bags",
         *       "vote_budget": 0,
         *       "premoderated": false,
         *       "revision": 3
         *     }
         */
        WholeChallenge: {
            /** Format: date-time */
            announced_at: string;
            ballot: components["schemas"]["Ballot"];
            /** @description Safe to show as it is, may be empty. */
            brief_html: string;
            /** @description What an entry must hold to, plain text. */
            demands: string;
            /** Format: date-time */
            entries_close_at: string;
            /** Format: date-time */
            entries_open_at: string;
            phase: components["schemas"]["Phase"];
            /** @description Somebody looks at entries before everybody sees them. */
            premoderated: boolean;
            /** @description Safe to show as it is, may be empty. */
            prize_html: string;
            /** @description What is asked, in a sentence; may be empty in one from before. */
            question: string;
            /** Format: date-time */
            results_at: string;
            /** @description Grows with every change; name it when you change something. */
            revision: number;
            sealed: components["schemas"]["Sealed"];
            slug: string;
            /** @description What an entrant accepts. Safe to show as it is, may be empty. */
            terms_html: string;
            /** @description 0 where there are no terms. */
            terms_version: number;
            title: string;
            /** @description Slug of its topic, empty for none. */
            topic: string;
            /**
             * Format: uri-reference
             * @description Its page.
             */
            url: string;
            /** @description Open votes of one member at a time; 0 is no limit. */
            vote_budget: number;
            /** Format: date-time */
            voting_close_at: string;
            /** Format: date-time */
            voting_open_at: string;
        };
    };
    responses: {
        /** @description The board is overloaded or its database is away; wait as `Retry-After` says. Nothing was stored unless you were told so. */
        Busy: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Service Unavailable",
                 *       "status": 503,
                 *       "code": "busy",
                 *       "detail": "The board is very busy. Try again in a moment."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description As the thing is now, this cannot be done; look at it again. */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Conflict",
                 *       "status": 409,
                 *       "code": "votes.closed",
                 *       "detail": "Voting on this idea has closed."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This person may not, the token lacks the scope, or the request did not come from the board's own pages. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Forbidden",
                 *       "status": 403,
                 *       "code": "votes.own_idea",
                 *       "detail": "You cannot vote on your own idea."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Something in the body or the query needs another look; `fields` says what. */
        Invalid: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unprocessable Content",
                 *       "status": 422,
                 *       "code": "invalid",
                 *       "detail": "Some fields need another look.",
                 *       "fields": {
                 *         "title": "Give your idea a title."
                 *       }
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or none that the caller may see. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Not Found",
                 *       "status": 404,
                 *       "code": "not_found",
                 *       "detail": "There is nothing here."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nobody is signed in, or the token is unknown, expired or revoked. */
        SignInNeeded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unauthorized",
                 *       "status": 401,
                 *       "code": "votes.sign_in",
                 *       "detail": "Sign in to vote."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body, or a picture's area, is over the limit. */
        TooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Content Too Large",
                 *       "status": 413,
                 *       "code": "media.too_large",
                 *       "detail": "This picture is larger than 10 MB."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests of this kind; wait as `Retry-After` says. */
        TooMany: {
            headers: {
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Too Many Requests",
                 *       "status": 429,
                 *       "code": "too_many",
                 *       "detail": "That was a lot in a short time. Try again in a minute."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not of the type that the operation takes, or it is compressed. */
        WrongType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "type": "about:blank",
                 *       "title": "Unsupported Media Type",
                 *       "status": 415,
                 *       "code": "request.not_json",
                 *       "detail": "Send JSON, with Content-Type: application/json."
                 *     }
                 */
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The `next` of the page before. */
        After: string;
        /**
         * @description Number of the comment.
         * @example 512
         */
        CommentID: number;
        /**
         * @description Number of the idea.
         * @example 42
         */
        IdeaID: number;
        /** @description How many items at most. */
        Limit: number;
        /**
         * @description The host of the page elsewhere that led the voter here, if one did. The board's own pages send it, so that a crowd
         *     that comes from one place can be seen. What is no host name is passed over.
         * @example forum.example.org
         */
        VoteReferrer: string;
    };
    requestBodies: never;
    headers: {
        /** @description Address of what was made. */
        Location: string;
        /** @description Seconds to wait before trying again. */
        RetryAfter: number;
        /** @description The session cookie, HttpOnly and SameSite=Lax. */
        SessionCookie: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "noor@example.org",
                 *       "password": "a long walk home",
                 *       "name": "Noor Bakker"
                 *     }
                 */
                "application/json": components["schemas"]["AccountInput"];
            };
        };
        responses: {
            /** @description The new account, signed in. */
            201: {
                headers: {
                    "Set-Cookie": components["headers"]["SessionCookie"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 7,
                     *       "handle": "noor-bakker",
                     *       "name": "Noor Bakker"
                     *     }
                     */
                    "application/json": components["schemas"]["Account"];
                };
            };
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listAnswerTemplates: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The templates. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplateList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    createAnswerTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Too costly for now",
                 *       "status": "parked",
                 *       "reason": "too_costly",
                 *       "answer_html": "<p>We like it, and cannot make it at a fair price yet.</p>"
                 *     }
                 */
                "application/json": components["schemas"]["AnswerTemplateInput"];
            };
        };
        responses: {
            /** @description The template. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplate"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    deleteAnswerTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the template.
                 * @example 3
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    reviseAnswerTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the template.
                 * @example 3
                 */
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Too costly today"
                 *     }
                 */
                "application/json": components["schemas"]["AnswerTemplatePatch"];
            };
        };
        responses: {
            /** @description The template as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AnswerTemplate"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listChallenges: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Challenges. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChallengeList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    createChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChallengeInput"];
            };
        };
        responses: {
            /** @description The challenge as it was stored. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeChallenge"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The challenge's slug.
                 * @example bags
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The challenge. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeChallenge"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    reviseChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The challenge's slug.
                 * @example bags
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "revision": 3,
                 *       "prize_html": "<p>Your bag, made and named after you.</p>"
                 *     }
                 */
                "application/json": components["schemas"]["ChallengePatch"];
            };
        };
        responses: {
            /** @description The challenge as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeChallenge"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    deleteComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the comment.
                 * @example 512
                 */
                comment: components["parameters"]["CommentID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    reviseComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the comment.
                 * @example 512
                 */
                comment: components["parameters"]["CommentID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "html": "<p>Let the spout swing with the lid.</p>",
                 *       "version": 1
                 *     }
                 */
                "application/json": components["schemas"]["CommentPatch"];
            };
        };
        responses: {
            /** @description The comment as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    thankForComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the comment.
                 * @example 512
                 */
                comment: components["parameters"]["CommentID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "useful"
                 *     }
                 */
                "application/json": components["schemas"]["ThanksInput"];
            };
        };
        responses: {
            /** @description The comment as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    takeThanksBack: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the comment.
                 * @example 512
                 */
                comment: components["parameters"]["CommentID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listIdeas: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Handle of the contributor. */
                author?: string;
                /** @description Slug of a challenge. */
                challenge?: string;
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description `trending` counts recent votes, older ones weigh less. `rising` is what gained much for its size in the last
                 *     hours. `newest` goes by the date of submission. `votes` puts the most voters first. `score` puts the best
                 *     scores first, each drawn toward the mean of its challenge, the more so the fewer scores it has; ideas
                 *     without a score are not in it. `unseen` gives what the caller neither voted on nor saw, in a fair
                 *     random order that stays the same for a day; a visitor gets all that takes votes in that order.
                 */
                order?: components["schemas"]["Order"];
                /**
                 * @description Words to find, by stem and by part, in title and story.
                 * @example solar
                 */
                q?: string;
                /**
                 * @description One or more statuses, with commas between them. Left out, the list holds what is up for votes and what became of it (open, under_review, shortlisted, adopted, in_production, launched).
                 * @example [
                 *       "open",
                 *       "under_review"
                 *     ]
                 */
                status?: components["schemas"]["ListedStatus"][];
                /** @description One tag. */
                tag?: string;
                /**
                 * @description Slug of a topic.
                 * @example kitchen
                 */
                topic?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ideas in the order asked for. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdeaList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    proposeIdea: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "A kettle that runs on the sun",
                 *       "story_html": "<p>On my balcony there is sun all day, and no socket.</p>",
                 *       "topic": "kitchen",
                 *       "tags": [
                 *         "solar",
                 *         "outdoors"
                 *       ],
                 *       "accept_terms": true,
                 *       "pictures": [
                 *         {
                 *           "id": "5f0c9a1be2d47c305f0c9a1be2d47c30",
                 *           "alt": "A sketch of the kettle on a balcony rail"
                 *         }
                 *       ],
                 *       "cover": "5f0c9a1be2d47c305f0c9a1be2d47c30"
                 *     }
                 */
                "application/json": components["schemas"]["IdeaInput"];
            };
        };
        responses: {
            /** @description The idea as it was stored. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Idea"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The idea. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Idea"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    withdrawIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Removed or withdrawn. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    reviseIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "A travel kettle that runs on the sun",
                 *       "version": 1
                 *     }
                 */
                "application/json": components["schemas"]["IdeaPatch"];
            };
        };
        responses: {
            /** @description The idea as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Idea"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    answerIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "answer_html": "<p>We like this. Anna from design looks at it next week.</p>"
                 *     }
                 */
                "application/json": components["schemas"]["AnswerInput"];
            };
        };
        responses: {
            /** @description The answer, as it stands in the history. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryEntry"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listComments: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description Only comments of this kind. */
                kind?: components["schemas"]["CommentKind"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description What comes first. */
                order?: "useful" | "newest" | "oldest";
                /** @description Only comments on this side. */
                stance?: components["schemas"]["CommentStance"];
                /** @description Only the thread that this comment began. */
                thread?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Comments. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    createComment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "html": "<p>Let the spout swing with the handle.</p>",
                 *       "kind": "suggestion"
                 *     }
                 */
                "application/json": components["schemas"]["CommentInput"];
            };
        };
        responses: {
            /** @description The comment, as it stands in the talk. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comment"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    decideIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecisionInput"];
            };
        };
        responses: {
            /** @description The idea as decided, the entry in its history, and the product where it has one. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResult"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listHistory: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The timeline. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    submitIdea: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "accept_terms": true
                 *     }
                 */
                "application/json": components["schemas"]["SubmitInput"];
            };
        };
        responses: {
            /** @description The idea, now `open` or `held`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Idea"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showTally: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The tally. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tally"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    castVote: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The host of the page elsewhere that led the voter here, if one did. The board's own pages send it, so that a crowd
                 *     that comes from one place can be seen. What is no host name is passed over.
                 * @example forum.example.org
                 */
                "Vote-Referrer"?: components["parameters"]["VoteReferrer"];
            };
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "would_buy": true
                 *     }
                 */
                "application/json": components["schemas"]["VoteInput"];
            };
        };
        responses: {
            /** @description The vote, and the tally with the vote in it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "vote": {
                     *         "idea": 42,
                     *         "score": null,
                     *         "would_buy": true
                     *       },
                     *       "tally": {
                     *         "idea": 42,
                     *         "voters": 1312,
                     *         "staff": 4,
                     *         "scores": [
                     *           0,
                     *           0,
                     *           0,
                     *           0,
                     *           0
                     *         ],
                     *         "would_buy": 655,
                     *         "mean": null,
                     *         "revision": 1398
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["VoteResult"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    retractVote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Number of the idea.
                 * @example 42
                 */
                id: components["parameters"]["IdeaID"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No vote any more, and the tally without it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "vote": null,
                     *       "tally": {
                     *         "idea": 42,
                     *         "voters": 1311,
                     *         "staff": 4,
                     *         "scores": [
                     *           0,
                     *           0,
                     *           0,
                     *           0,
                     *           0
                     *         ],
                     *         "would_buy": 654,
                     *         "mean": null,
                     *         "revision": 1399
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["VoteResult"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    findSimilarIdeas: {
        parameters: {
            query: {
                /**
                 * @description The title as typed so far.
                 * @example solar kettle
                 */
                title: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Similar ideas, none when nothing is alike. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdeaList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    uploadImage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /** @description What the picture shows, for who cannot see it. May also be given with the idea. */
                    alt?: string;
                    /**
                     * Format: binary
                     * @description The file. Its type is told from its content, not from its name.
                     */
                    image: string;
                };
            };
        };
        responses: {
            /** @description The stored picture. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "5f0c9a1be2d47c305f0c9a1be2d47c30",
                     *       "url": "/media/5f/5f0c9a1be2d47c305f0c9a1be2d47c30.jpg",
                     *       "width": 1600,
                     *       "height": 1200,
                     *       "alt": "A sketch of the kettle on a balcony rail"
                     *     }
                     */
                    "application/json": components["schemas"]["Image"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listMyIdeas: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Own ideas. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdeaList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listMyVotes: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /**
                 * @description Ids of ideas, with commas between them.
                 * @example [
                 *       41,
                 *       42
                 *     ]
                 */
                ideas?: number[];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Own votes, one item an idea. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "idea": 41,
                     *           "vote": null,
                     *           "may_vote": {
                     *             "allowed": false,
                     *             "code": "votes.own_idea",
                     *             "text": "You cannot vote on your own idea."
                     *           }
                     *         },
                     *         {
                     *           "idea": 42,
                     *           "vote": {
                     *             "idea": 42,
                     *             "score": null,
                     *             "would_buy": true,
                     *             "cast_at": "2026-05-04T09:12:30Z"
                     *           },
                     *           "may_vote": {
                     *             "allowed": true
                     *           }
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["MyVoteList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showSpec: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": Record<string, never>;
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /** @description Standing earned in the last 30 days, or over all time. */
                period?: components["schemas"]["Period"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description People. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The person's handle.
                 * @example noor-bakker
                 */
                handle: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    previewHTML: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "html": "<p onclick=\"go()\">Sun <b>and</b> steam</p>"
                 *     }
                 */
                "application/json": components["schemas"]["PreviewInput"];
            };
        };
        responses: {
            /** @description Safe HTML. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "html": "<p>Sun <b>and</b> steam</p>"
                     *     }
                     */
                    "application/json": components["schemas"]["Preview"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listProducts: {
        parameters: {
            query?: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Products. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProductList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    createProduct: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ideas": [
                 *         42,
                 *         57
                 *       ],
                 *       "answer_html": "<p>You two thought of the same kettle. We make it.</p>",
                 *       "name": "Sunpot"
                 *     }
                 */
                "application/json": components["schemas"]["ProductInput"];
            };
        };
        responses: {
            /** @description The product. */
            201: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    showProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's slug.
                 * @example sunpot
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The product. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    reviseProduct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The product's slug.
                 * @example sunpot
                 */
                slug: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "stage": "in_production"
                 *     }
                 */
                "application/json": components["schemas"]["ProductPatch"];
            };
        };
        responses: {
            /** @description The product as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Product"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    search: {
        parameters: {
            query: {
                /** @description The `next` of the page before. */
                after?: components["parameters"]["After"];
                /** @description The one kind to look in. */
                in?: components["schemas"]["SearchKind"];
                /** @description How many items at most. */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description What to look for.
                 * @example folding lamp
                 */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found, the best of each kind first; comments the newest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "in": "ideas",
                     *           "url": "/ideas/42-a-lamp-that-folds",
                     *           "title": "A lamp that folds",
                     *           "words": "It folds flat and fits in a drawer.",
                     *           "mark": "open",
                     *           "by": {
                     *             "handle": "noor-bakker",
                     *             "name": "Noor Bakker",
                     *             "url": "/people/noor-bakker"
                     *           },
                     *           "at": "2026-03-01T10:00:00Z",
                     *           "close": false
                     *         },
                     *         {
                     *           "in": "talk",
                     *           "url": "/comments/7",
                     *           "title": "A kettle with a light",
                     *           "words": "Put a lamp in it.",
                     *           "mark": "suggestion",
                     *           "by": {
                     *             "handle": null,
                     *             "name": "Sam",
                     *             "url": null
                     *           },
                     *           "at": "2026-03-02T10:00:00Z",
                     *           "close": false
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["SearchHitList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    reportSeen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "ideas": [
                 *         41,
                 *         42,
                 *         43
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SeenInput"];
            };
        };
        responses: {
            /** @description Noted. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "email": "noor@example.org",
                 *       "password": "a long walk home"
                 *     }
                 */
                "application/json": components["schemas"]["SignInInput"];
            };
        };
        responses: {
            /** @description Who is signed in now. */
            200: {
                headers: {
                    "Set-Cookie": components["headers"]["SessionCookie"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["WrongType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Signed out. */
            204: {
                headers: {
                    "Set-Cookie": components["headers"]["SessionCookie"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
    listTopics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topics. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "slug": "kitchen",
                     *           "name": "Kitchen",
                     *           "ideas": 14
                     *         }
                     *       ],
                     *       "next": null
                     *     }
                     */
                    "application/json": components["schemas"]["TopicList"];
                };
            };
            401: components["responses"]["SignInNeeded"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooMany"];
            503: components["responses"]["Busy"];
        };
    };
}
