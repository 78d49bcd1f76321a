module.exports = (name) => ({ name, backoffLimit: 0, runOnSourceChange: "never" });
