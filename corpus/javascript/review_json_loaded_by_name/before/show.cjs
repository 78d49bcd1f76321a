const job = require("./data/" + process.argv[2]);
console.log(job.backoffLimit);
