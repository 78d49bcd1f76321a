from starlette.routing import Mount, Route

routes = [Mount("/jobs", routes=[Route("/manual", endpoint=manual, methods=["PUT"])]), Route("/jobs/manual", manual)]
