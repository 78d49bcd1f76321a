const response = await fetch(`https://api.tryfinch.com/jobs/manual/${jobId}`, {
  method: "PATCH",
  body: JSON.stringify({ schedule: "* * * * *" }),
});
