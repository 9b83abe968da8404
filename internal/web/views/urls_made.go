package views

import (
	"net/url"
	"strconv"
)

// MadeStageURL lists the products at a stage; "" for all.
func MadeStageURL(stage string) string { return address(MadeURL, "stage", stage) }

// EditProductURL is the team's desk of a product.
func EditProductURL(slug string) string { return ProductURL(slug) + "/edit" }

// ProductStageURL moves a product on (POST).
func ProductStageURL(slug string) string { return ProductURL(slug) + "/stage" }

// UndoStageURL takes the last stage back within the hour (POST).
func UndoStageURL(slug string) string { return ProductStageURL(slug) + "/undo" }

// CreditsURL credits somebody, or changes it (POST).
func CreditsURL(slug string) string { return ProductURL(slug) + "/credits" }

// UncreditURL takes a credit away (POST handle).
func UncreditURL(slug string) string { return CreditsURL(slug) + "/remove" }

// MilestonesURL adds a milestone (POST).
func MilestonesURL(slug string) string { return ProductURL(slug) + "/milestones" }

// MilestoneURL changes a milestone (POST).
func MilestoneURL(slug string, id int64) string {
	return MilestonesURL(slug) + "/" + strconv.FormatInt(id, 10)
}

// RemoveMilestoneURL takes a milestone off (POST).
func RemoveMilestoneURL(slug string, id int64) string { return MilestoneURL(slug, id) + "/remove" }

// RewardsURL records a reward (POST).
func RewardsURL(slug string) string { return ProductURL(slug) + "/rewards" }

// RewardTermsURL says what the credited get (POST).
func RewardTermsURL(slug string) string { return RewardsURL(slug) + "/terms" }

// RemoveRewardURL takes a record away (POST).
func RemoveRewardURL(slug string, id int64) string {
	return RewardsURL(slug) + "/" + strconv.FormatInt(id, 10) + "/remove"
}

// BetaURL opens or changes the call for testers (POST).
func BetaURL(slug string) string { return ProductURL(slug) + "/beta" }

// CloseBetaURL ends the call for testers now (POST).
func CloseBetaURL(slug string) string { return BetaURL(slug) + "/close" }

// ApplyURL offers to test (POST).
func ApplyURL(slug string) string { return BetaURL(slug) + "/apply" }

// TestersURL accepts or declines who applied (POST handle, act).
func TestersURL(slug string) string { return BetaURL(slug) + "/testers" }

// ReportURL takes a tester's report (POST).
func ReportURL(slug string) string { return BetaURL(slug) + "/report" }

// VerdictURL takes a customer's verdict (POST).
func VerdictURL(slug string) string { return ProductURL(slug) + "/verdict" }

// CertificateURL is somebody's credit on a product, to print.
func CertificateURL(slug, handle string) string {
	return ProductURL(slug) + "/certificate/" + url.PathEscape(handle)
}

// BadgeURL is somebody's credit on a product, as a picture for other sites.
func BadgeURL(slug, handle, lang string) string {
	return address(ProductURL(slug)+"/badge/"+url.PathEscape(handle)+".svg", "lang", lang)
}
