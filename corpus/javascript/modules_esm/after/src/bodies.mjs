export const nightly = {
  name: "nightly",
  billing: { deploymentPlan: "nf-compute-20" },
  settings: {
    backoffLimit: 0,
  },
};

export function once(name, deadline) {
  const body = { name, settings: { backoffLimit: 3 } };
  if (deadline) body.settings.activeDeadlineSeconds = deadline;
  return body;
}
