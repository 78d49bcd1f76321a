module.exports = (name) => ({ name, settings: { backoffLimit: 0, runOnSourceChange: "never" } });
