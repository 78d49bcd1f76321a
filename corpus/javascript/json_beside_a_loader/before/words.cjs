const path = require("node:path");

const language = process.argv[2] || "en";
module.exports = require(path.join(__dirname, "locales", `${language}.json`));
