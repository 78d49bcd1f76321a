import { runManual } from "./jobs/manual";
import cron from "../jobs/cron";
export * from "@/jobs/manual";

export const load = () => import("./jobs/manual/index.js");
runManual(cron);
