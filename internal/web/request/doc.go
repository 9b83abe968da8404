// Package request reads what a handler needs from a request.
//
// It owns what middleware noted about the request: actor, language, address,
// id. It offers strict JSON and form fields. It refuses to know what they mean.
package request
