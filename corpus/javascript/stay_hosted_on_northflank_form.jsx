export function Jobs() {
  const submit = (event) => fetch("/api/jobs/manual", { method: "POST", body: new FormData(event.target) });
  return (
    <form onSubmit={submit}>
      <a href="https://northflank.com">Hosted on Northflank</a>
    </form>
  );
}
