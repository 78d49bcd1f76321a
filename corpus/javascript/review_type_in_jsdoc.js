// expect: review client-type PutJobData
/** @typedef {import("@northflank/js-client").PutJobManualData} JobData */

/** @param {JobData} data */
export const describe = (data) => data.name;
