package main

import (
	"context"
)

func seedDemo(ctx context.Context, p *parts) error { return nil }
func demoSignIns() string                          { return "" }

type seedCmd struct{}

func (seedCmd) Run(a *app) error { return nil }

type importCmd struct{}

func (importCmd) Run(a *app) error { return nil }
