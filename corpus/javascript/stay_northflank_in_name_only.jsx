// Deployed on Northflank.
import { useRouter } from "next/navigation";
import { client } from "@acme/scheduler";

export const routes = [{ path: "/jobs/manual", component: Manual }];

export function Page() {
  const router = useRouter();
  router.push("/jobs/manual");
  client.put.job.manual({ data: { retries: 1 } });
  return <Route path="/jobs/manual" element={<Manual />} />;
}
