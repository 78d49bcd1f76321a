export const job = {
  apiVersion: "batch/v1",
  kind: "Job",
  spec: { backoffLimit: 0, activeDeadlineSeconds: 600, template: {} },
};

export const cronJob = {
  kind: "CronJob",
  spec: { schedule: "0 * * * *", concurrencyPolicy: "Forbid", jobTemplate: { manual: "job" } },
};
