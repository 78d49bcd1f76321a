export function show(job) {
  console.log(job.name, job.backoffLimit);
}
export const retries = ({ backoffLimit }) => backoffLimit;
