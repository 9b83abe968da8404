package triage

// What tests look at from outside.
var (
	AddWorkingDays     = addWorkingDays
	WorkingDaysBetween = workingDaysBetween
	Median             = median
)
