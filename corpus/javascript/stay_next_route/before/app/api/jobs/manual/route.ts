import { NextResponse } from "next/server";

// PUT /api/jobs/manual
export async function PUT(request: Request) {
  const { backoffLimit } = await request.json();
  return NextResponse.json({ data: { backoffLimit } });
}
