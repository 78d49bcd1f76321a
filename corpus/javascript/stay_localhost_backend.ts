import axios from "axios";

const api = axios.create({ baseURL: "http://localhost:3000/api" });

export const saveManualJob = (id: string, backoffLimit: number) =>
  api.patch(`/jobs/manual/${id}`, { backoffLimit });
