package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

const base = "https://api.northflank.com/v1"

func main() {
	project := "my-project"
	body := `{"name": "nightly", "backoffLimit": 0}`
	req, err := http.NewRequest(http.MethodPut, base+"/projects/"+project+"/jobs/manual", strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	req.Header.Set("Content-Type", "application/json")
	send(req)
	url := fmt.Sprintf("%s/projects/%s/jobs/manual", base, project)
	resp, err := http.Post(url, "application/json", strings.NewReader("{\"name\": \"weekly\", \"backoffLimit\": 1}"))
	if err != nil {
		panic(err)
	}
	fmt.Println(resp.StatusCode)
}

func send(req *http.Request) {
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		panic(err)
	}
	defer resp.Body.Close()
	_, _ = io.ReadAll(resp.Body)
	fmt.Println(resp.StatusCode)
}
