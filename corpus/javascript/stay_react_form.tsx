import { useState } from "react";

export function ManualJobForm({ id }: { id: string }) {
  const [backoffLimit, setBackoffLimit] = useState(0);

  async function save() {
    await fetch(`/api/jobs/manual/${id}`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ backoffLimit, runOnSourceChange: "never" }),
    });
    await fetch("/jobs/manual", { method: "POST", body: JSON.stringify({ backoffLimit }) });
  }

  return <button onClick={save}>{backoffLimit}</button>;
}
