const é😀 = "ä";
const body = {
	name: "x",
	settings: {
		backoffLimit: 0, // ü
		"activeDeadlineSeconds": null
	}
};
fetch("https://api.northflank.com/v1/projects/web/jobs", { method: "PUT", body: JSON.stringify(body) })