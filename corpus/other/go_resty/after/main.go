package jobs

func put(client *resty.Client, project string) {
	client.R().SetBody(`{"name": "nightly", "settings": {"backoffLimit": 0}}`).Put("https://api.northflank.com/v1/projects/" + project + "/jobs")
}
