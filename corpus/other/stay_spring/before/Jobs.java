class Jobs {
  @PostMapping("/jobs/manual")
  void create() {}
}
