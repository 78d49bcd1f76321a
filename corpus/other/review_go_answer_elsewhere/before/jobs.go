package jobs

import (
	"bytes"
	"encoding/json"
	"net/http"
)

func Decode2(c *http.Client) (int, error) {
	req, _ := http.NewRequest("PUT", "https://api.northflank.com/v1/projects/shop/jobs/manual", bytes.NewBufferString(`{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":0}`))
	resp, err := c.Do(req)
	if err != nil {
		return 0, err
	}
	var out jobAnswer
	json.NewDecoder(resp.Body).Decode(&out)
	return out.Data.Retries, nil
}
