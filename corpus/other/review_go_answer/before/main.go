package jobs

func put(project string) int {
	resp, _ := http.Post("https://api.northflank.com/v1/projects/"+project+"/jobs/manual", "application/json", strings.NewReader(`{"backoffLimit": 0}`))
	var answer map[string]map[string]any
	json.NewDecoder(resp.Body).Decode(&answer)
	return answer["data"]["backoffLimit"].(int)
}
