// What people do goes to the control address, under the names of the Python methods there.

export async function act(action: string, args: object): Promise<unknown> {
  return post(`/control/${action}`, args);
}

export async function restart(how: { mode?: string; forward?: "hour" | "morning" }): Promise<void> {
  await post("/page/restart", how);
}

export async function attached(file: File) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return { name: file.name, mimetype: file.type || "application/octet-stream", content: btoa(text) };
}

async function post(address: string, args: object): Promise<unknown> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(args),
  });
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error(await answer.text());
  const said = (await answer.json()) as { ok: boolean; result: unknown; error: string };
  if (!said.ok) throw new Error(said.error);
  return said.result;
}
