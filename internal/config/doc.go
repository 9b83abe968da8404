// Package config holds every setting of the server in one struct.
//
// It owns the names, defaults and checks of the settings. Flags and the
// environment are read into it by cmd/server. It refuses to know what the
// settings are used for.
package config
