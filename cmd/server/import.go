package main

type importCmd struct{}

func (importCmd) Run(a *app) error { return nil }
