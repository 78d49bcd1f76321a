const express = require("express");
const app = express();
const router = express.Router();

router.put("/jobs/manual", async (req, res) => {
  const { backoffLimit } = req.body;
  res.json({ data: { backoffLimit } });
});
router.patch("/jobs/manual/:jobId", updateJob);
app.post("/v1/projects/:projectId/jobs/manual", createJob);
app.use("/api", router);

function updateJob(req, res) {
  res.sendStatus(204);
}
async function createJob(req, res) {
  res.status(201).json({});
}
