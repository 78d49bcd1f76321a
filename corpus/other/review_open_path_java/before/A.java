class A {
  static final String API = "https://api.northflank.com/v1/projects/main/";
  HttpRequest save(String kind, String body) {
    return HttpRequest.newBuilder(URI.create(API + "jobs/" + kind))
        .PUT(HttpRequest.BodyPublishers.ofString(body)).build();
  }
}
