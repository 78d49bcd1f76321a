export const job = { name: "a", backoffLimit: 1 };
