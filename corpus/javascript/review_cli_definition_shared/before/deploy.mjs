import { execa } from 'execa';
await execa('northflank', ['put', 'job', 'manual', '--projectId', 'web', '-f', 'job.json']);
