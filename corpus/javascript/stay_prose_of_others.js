// A manual job goes through /jobs/manual of our scheduler, see create.job.manual there.
export const help = "PUT /jobs/manual starts the job";
