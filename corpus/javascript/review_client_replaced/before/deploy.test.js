import { api } from "./api.js";

vi.spyOn(api.put.job, "manual").mockResolvedValue({ data: { backoffLimit: 1 } });
sinon.stub(api.create.job, "manual").resolves({});
