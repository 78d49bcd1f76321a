const URL_ = "https://api.northflank.com/v1/projects/web/jobs/manual";
await fetch(URL_, {method: 'PUT', body: JSON.stringify({ name: 'c', settings: { runOnSourceChange: 'never' }, backoffLimit: 1 })});
await fetch(URL_, {
  method: "PUT",
  body: JSON.stringify({
    name: "e",
    settings: {
      runOnSourceChange: "never",
    },
    backoffLimit: 1,
    // in seconds
    activeDeadlineSeconds: 60
  }),
});
// output
const URL_ = "https://api.northflank.com/v1/projects/web/jobs";
await fetch(URL_, {method: 'PUT', body: JSON.stringify({ name: 'c', settings: { runOnSourceChange: 'never', backoffLimit: 1 } })});
await fetch(URL_, {
  method: "PUT",
  body: JSON.stringify({
    name: "e",
    settings: {
      runOnSourceChange: "never",
      backoffLimit: 1,
      // in seconds
      activeDeadlineSeconds: 60,
    }
  }),
});
