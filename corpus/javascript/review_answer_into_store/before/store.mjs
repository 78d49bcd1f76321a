export const state = { job: null };
export const retries = () => state.job.backoffLimit;
