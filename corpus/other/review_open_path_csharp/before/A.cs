class A {
  async Task Save(string kind, HttpContent job) {
    await client.PutAsync($"https://api.northflank.com/v1/projects/main/jobs/{kind}", job);
  }
}
