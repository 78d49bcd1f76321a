package jobs

type Job struct {
	Name         string `json:"name"`
	BackoffLimit int    `json:"backoffLimit"`
}

func put(c *Client, project string, job Job) error {
	return c.do("PUT", "/v1/projects/"+project+"/jobs/manual", job) // northflank
}
