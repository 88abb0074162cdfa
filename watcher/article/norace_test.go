//go:build !race

package article

const raceDetector = false
