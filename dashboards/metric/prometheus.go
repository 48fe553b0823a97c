package metric

// Series that Prometheus itself adds to every target that it scrapes, and the labels that it gives them. No page
// exposes these.
// https://prometheus.io/docs/concepts/jobs_instances
var (
	// Up is 1 where the last scrape succeeded, 0 where it failed.
	Up = Gauge{Name: "up", Help: "1 if the last scrape of the target succeeded, 0 if it failed."}
	// ScrapeDurationSeconds is how long the last scrape took.
	ScrapeDurationSeconds = Gauge{Name: "scrape_duration_seconds", Help: "Duration of the last scrape.", Unit: Seconds}
	// ScrapeSamplesScraped is how many samples the target exposed.
	ScrapeSamplesScraped = Gauge{Name: "scrape_samples_scraped", Help: "Number of samples the target exposed."}
)

// Labels that Prometheus, or the Prometheus Operator, gives to a target's series.
const (
	JobLabel      Label = "job"
	InstanceLabel Label = "instance"
)
