console.log(require("./job.json").backoffLimit);
