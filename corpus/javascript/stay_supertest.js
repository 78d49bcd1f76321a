import request from "supertest";
import { app } from "../app.js";

test("updates a manual job", async () => {
  await request(app).put("/jobs/manual").send({ backoffLimit: 3 }).expect(200);
});
