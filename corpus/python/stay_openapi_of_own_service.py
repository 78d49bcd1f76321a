SPEC = {"paths": {"/jobs/manual": {"put": {"operationId": "putManual", "responses": {"200": {"description": "ok"}}}}}}
