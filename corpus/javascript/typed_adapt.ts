// expect: review client-type
// expect: noted response-read return api.put
// flags: --adapt
import type { ApiClient, PutJobManualData } from "@northflank/js-client";

export function put(api: ApiClient, projectId: string, data: PutJobManualData) {
  return api.put.job.manual({ parameters: { projectId }, data });
}
// output
import type { ApiClient, PutJobManualData } from "@northflank/js-client";

export function put(api: ApiClient, projectId: string, data: PutJobManualData) {
  return api.put.job({ parameters: { projectId }, data: _nf_upgrade_manual_job(data) });
}

// Moves the keys of an old manual job's body as put.job wants them.
function _nf_upgrade_manual_job(body: any): any {
  if (typeof body === "string") return JSON.stringify(_nf_upgrade_manual_job(JSON.parse(body)));
  const { settings: given = {}, ...rest } = body;
  const settings: any = { ...given };
  const move = (place: any, key: string) => {
    if (!(key in rest)) return;
    if (key in place && JSON.stringify(place[key]) !== JSON.stringify(rest[key])) {
      throw new Error(key + " is given twice, with different values");
    }
    place[key] = rest[key];
    delete rest[key];
  };
  for (const key of ["backoffLimit", "runOnSourceChange", "activeDeadlineSeconds"]) move(settings, key);
  if ("cron" in settings) throw new Error("it would become a scheduled job");
  return Object.keys(settings).length ? { ...rest, settings } : rest;
}
