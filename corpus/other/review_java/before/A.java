class A {
  URI uri = URI.create("https://api.northflank.com/v1/projects/" + id + "/jobs/manual");
}
