from aiohttp import web


async def put_manual(request: web.Request) -> web.Response:
    return web.json_response({"backoffLimit": (await request.json())["backoffLimit"]})


app = web.Application()
app.router.add_put("/jobs/manual", put_manual)
app.add_routes([web.post("/jobs/manual", put_manual), web.patch("/jobs/manual/{id}", put_manual)])
