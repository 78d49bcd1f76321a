const é😀 = "ä";
const body = {
	name: "x",
	backoffLimit: 0, // ü
	"activeDeadlineSeconds": null
};
fetch("https://api.northflank.com/v1/projects/web/jobs/manual", { method: "PUT", body: JSON.stringify(body) })