from fastapi import APIRouter

router = APIRouter(prefix="/v1")


@router.post("/jobs/manual", status_code=201)
def trigger(body: dict) -> dict:
    return {"queued": True, "backoffLimit": body.get("backoffLimit", 0)}
