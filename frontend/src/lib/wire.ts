// Short names for the shapes of the API, generated from its description.
import type { components } from "./wire.gen";

type Schemas = components["schemas"];

/** Tally is what the votes on one idea add up to, or that it is sealed. */
export type Tally = Schemas["Tally"];
/** OpenTally is a tally with its figures. */
export type OpenTally = Schemas["OpenTally"];
/** VoteResult answers a vote cast or retracted. */
export type VoteResult = Schemas["VoteResult"];
/** Idea is an idea as the reader may see it. */
export type Idea = Schemas["Idea"];
/** IdeaList is one page of ideas. */
export type IdeaList = Schemas["IdeaList"];
/** IdeaPatch is what a draft is saved with. */
export type IdeaPatch = Schemas["IdeaPatch"];
/** Picture is an uploaded picture. */
export type Picture = Schemas["Image"];
