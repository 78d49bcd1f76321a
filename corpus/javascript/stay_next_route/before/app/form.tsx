"use client";
export const save = (body: object) => fetch("/api/jobs/manual", { method: "PUT", body: JSON.stringify(body) });
