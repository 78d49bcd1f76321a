from deploy.run import put

print(put("web").status_code)
