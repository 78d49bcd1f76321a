package main

func routes(r *gin.Engine) {
	r.PUT("/jobs/manual", putManual)
	r.POST("/jobs/manual", createManual)
	http.HandleFunc("/jobs/manual", list)
}
