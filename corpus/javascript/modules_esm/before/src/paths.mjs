export const API = "https://api.northflank.com/v1";
export const PATHS = {
  manual: "/projects/web/jobs/manual",
  jobs: "/projects/web/jobs",
};
