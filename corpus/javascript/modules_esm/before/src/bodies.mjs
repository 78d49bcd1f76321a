export const nightly = {
  name: "nightly",
  billing: { deploymentPlan: "nf-compute-20" },
  backoffLimit: 0,
};

export function once(name, deadline) {
  const body = { name, backoffLimit: 3 };
  if (deadline) body.activeDeadlineSeconds = deadline;
  return body;
}
