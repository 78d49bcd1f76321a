import Fastify from "fastify";

const fastify = Fastify();
fastify.route({
  method: "PUT",
  url: "/jobs/manual",
  handler: async (request) => ({ backoffLimit: request.body.backoffLimit }),
});
fastify.put("/jobs/cron", { schema: {} }, async () => ({}));
