export const API = "https://api.northflank.com/v1";
export const PATHS = {
  manual: "/projects/web/jobs",
  jobs: "/projects/web/jobs",
};
