const BASE = "https://api.northflank.com/v1/projects/web";

module.exports = { BASE, MANUAL: `${BASE}/jobs` };
