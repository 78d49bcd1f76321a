from fastapi import FastAPI

app = FastAPI()


@app.put("/projects/{project_id}/jobs/manual")
async def put_manual(project_id: str, body: dict):
    return {"backoffLimit": body["backoffLimit"]}


@app.patch("/jobs/manual/{job_id}")
async def patch_manual(job_id: str, body: dict):
    return body
