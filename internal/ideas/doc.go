// Package ideas owns proposals and their life.
//
// It owns ideas, their tags, pictures, versions and history, answer templates,
// and the words typed before signing in. It offers what people do with an idea
// (draft, submit, revise, withdraw, answer, decide) and the one table of moves.
// It refuses to know HTTP, votes and products.
package ideas
