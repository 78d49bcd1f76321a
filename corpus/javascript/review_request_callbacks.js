// expect: review http-call out of sight
// expect: review http-call out of sight
const request = require("request");

request.put(
  { url: "https://api.northflank.com/v1/projects/web/jobs/manual", body: { name: "n", backoffLimit: 1 }, json: true },
  (error, response, { data }) => console.log(error, response, data.backoffLimit),
);
$.ajax({
  url: "https://api.northflank.com/v1/projects/web/jobs/manual",
  type: "PUT",
  data: JSON.stringify({ name: "n", backoffLimit: 1 }),
  success: function (result) {
    alert(result.data.backoffLimit);
  },
});
