export function show(job) {
  console.log(job.name, job.settings.backoffLimit);
}
export const retries = ({ settings: { backoffLimit } }) => backoffLimit;
