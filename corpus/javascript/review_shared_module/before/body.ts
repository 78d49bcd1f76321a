export const body = { name: "nightly", backoffLimit: 0 };
