const { job } = await import(`./${process.argv[2]}.mjs`);
console.log(job.backoffLimit);
